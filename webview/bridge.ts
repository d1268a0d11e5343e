/** What a page may ask of VS Code. Handed out once per page, so only this file asks for it. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface Bridge<ToHost, ToPage> {
  send(message: ToHost): void;
  listen(handle: (message: ToPage) => void): void;
  /** Drafts and scroll positions that must survive the page being hidden. */
  loadState(): unknown;
  saveState(state: unknown): void;
}

/** `ToPage` is trusted here: the host is the only one who can post into the page's frame. */
export function openBridge<ToHost, ToPage>(): Bridge<ToHost, ToPage> {
  const api = acquireVsCodeApi();
  return {
    send: message => api.postMessage(message),
    listen: handle => window.addEventListener('message', event => handle(event.data as ToPage)),
    loadState: () => api.getState(),
    saveState: state => api.setState(state),
  };
}
