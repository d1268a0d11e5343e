import * as vscode from 'vscode';
import type { Row } from './row.ts';

const collapsible = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
} as const;

export function toTreeItem(row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, collapsible[row.expand]);
  item.id = row.id;
  item.description = row.description;
  item.tooltip = new vscode.MarkdownString(row.tooltip);
  item.contextValue = row.context;
  item.accessibilityInformation = { label: row.spoken };
  if (row.icon) item.iconPath = toThemeIcon(row.icon);
  if (row.command) {
    item.command = {
      command: `watchkeeper.${row.command.name}`,
      title: row.label,
      arguments: [row.command.argument],
    };
  }
  if (row.checkbox) {
    item.checkboxState =
      row.checkbox === 'checked'
        ? vscode.TreeItemCheckboxState.Checked
        : vscode.TreeItemCheckboxState.Unchecked;
  }
  return item;
}

export function toThemeIcon(icon: NonNullable<Row['icon']>): vscode.ThemeIcon {
  return new vscode.ThemeIcon(
    icon.id,
    icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color),
  );
}
