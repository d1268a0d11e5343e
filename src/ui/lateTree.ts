import * as vscode from 'vscode';

/**
 * Stands in for a tree until the cockpit is loaded: the view shows its progress bar meanwhile, instead of "no data
 * provider". From `attach` on everything goes to the real tree.
 */
export class LateTree implements vscode.TreeDataProvider<string> {
  private readonly changed = new vscode.EventEmitter<string | string[] | undefined>();
  private readonly attached: Promise<vscode.TreeDataProvider<string>>;
  private settle: (tree: vscode.TreeDataProvider<string>) => void = () => undefined;

  readonly onDidChangeTreeData = this.changed.event;

  constructor() {
    this.attached = new Promise(resolve => {
      this.settle = resolve;
    });
  }

  attach(tree: vscode.TreeDataProvider<string>): vscode.Disposable {
    this.settle(tree);
    return tree.onDidChangeTreeData?.(changed => this.changed.fire(changed ?? undefined)) ?? this.changed;
  }

  async getTreeItem(id: string): Promise<vscode.TreeItem> {
    return (await this.attached).getTreeItem(id);
  }

  async getChildren(id?: string): Promise<string[]> {
    return (await (await this.attached).getChildren(id)) ?? [];
  }

  async getParent(id: string): Promise<string | undefined> {
    return (await (await this.attached).getParent?.(id)) ?? undefined;
  }
}
