import type { MenuItemConstructorOptions } from 'electron';

const LABELS = {
  zh: {
    file: '文件',
    quit: '退出',
    edit: '编辑',
    undo: '撤销',
    redo: '重做',
    cut: '剪切',
    copy: '复制',
    paste: '粘贴',
    selectAll: '全选',
    view: '显示',
    zoomIn: '放大',
    zoomOut: '缩小',
    resetZoom: '实际大小',
    fullScreen: '全屏',
    reload: '重新载入',
    devTools: '开发者工具',
  },
  en: {
    file: 'File',
    quit: 'Quit',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    view: 'View',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    resetZoom: 'Actual size',
    fullScreen: 'Full screen',
    reload: 'Reload',
    devTools: 'Developer tools',
  },
};

/** Larger without Shift, and both by the number pad: a role's own keys are one set only. */
const OTHER_ZOOM_KEYS = [
  ['zoomIn', 'CommandOrControl+='],
  ['zoomIn', 'CommandOrControl+numadd'],
  ['zoomOut', 'CommandOrControl+numsub'],
  ['resetZoom', 'CommandOrControl+num0'],
] as const;

/** The application's menu in the system's language: Chinese, else English. */
export function menuTemplate(locale: string, isDevelopment: boolean): MenuItemConstructorOptions[] {
  const label = locale.startsWith('zh') ? LABELS.zh : LABELS.en;
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const developer: MenuItemConstructorOptions[] = [
    separator,
    { role: 'reload', label: label.reload },
    { role: 'toggleDevTools', label: label.devTools },
  ];
  return [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { label: label.file, submenu: [{ role: 'quit', label: label.quit }] },
    {
      label: label.edit,
      submenu: [
        { role: 'undo', label: label.undo },
        { role: 'redo', label: label.redo },
        separator,
        { role: 'cut', label: label.cut },
        { role: 'copy', label: label.copy },
        { role: 'paste', label: label.paste },
        { role: 'selectAll', label: label.selectAll },
      ],
    },
    {
      label: label.view,
      submenu: [
        { role: 'zoomIn', label: label.zoomIn },
        { role: 'zoomOut', label: label.zoomOut },
        { role: 'resetZoom', label: label.resetZoom },
        ...OTHER_ZOOM_KEYS.map(([role, accelerator]) => ({ role, accelerator, visible: false })),
        separator,
        { role: 'togglefullscreen', label: label.fullScreen },
        ...(isDevelopment ? developer : []),
      ],
    },
  ];
}

interface Pressed {
  isEditable: boolean;
  hasText: boolean;
  editFlags: { canCut: boolean; canCopy: boolean; canPaste: boolean; canSelectAll: boolean };
}

/** What the other button offers on a field or on marked text; nothing elsewhere. */
export function fieldMenu(
  locale: string,
  { isEditable, hasText, editFlags }: Pressed,
): MenuItemConstructorOptions[] {
  const label = locale.startsWith('zh') ? LABELS.zh : LABELS.en;
  const copy: MenuItemConstructorOptions = { role: 'copy', label: label.copy, enabled: editFlags.canCopy };
  if (!isEditable) return hasText ? [copy] : [];
  return [
    { role: 'cut', label: label.cut, enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: label.paste, enabled: editFlags.canPaste },
    { type: 'separator' },
    { role: 'selectAll', label: label.selectAll, enabled: editFlags.canSelectAll },
  ];
}
