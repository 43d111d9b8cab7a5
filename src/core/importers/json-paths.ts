/** Which arrays of a JSON document hold records, as paths such as `messages` or `chats.list.*.messages`. */

export interface PathNode {
  /** Where this node stands, in the words of the path. */
  readonly path: string;
  /** Whether an array here holds records. */
  isArray: boolean;
  readonly children: Map<string, PathNode>;
}

/** What encloses the current place: an object, a list of objects (`*`), or an array of records. */
export interface Frame {
  readonly kind: 'object' | 'list' | 'array';
  readonly node: PathNode;
  /** Nothing was read inside yet; or a value was; or the next record begins here. */
  state: 'first' | 'after' | 'element';
}

/** The tree of these paths; the empty path is the document itself. */
export function pathTree(paths: readonly string[]): PathNode {
  const root: PathNode = { path: '', isArray: false, children: new Map() };
  for (const path of paths) {
    let node = root;
    for (const part of path === '' ? [] : path.split('.')) {
      let child = node.children.get(part);
      if (child === undefined) {
        child = {
          path: node.path === '' ? part : `${node.path}.${part}`,
          isArray: false,
          children: new Map(),
        };
        node.children.set(part, child);
      }
      node = child;
    }
    node.isArray = true;
  }
  return root;
}

/** The frames from the document to the array at `path`, as if their beginnings had been read. */
export function framesTo(root: PathNode, path: string): Frame[] {
  const frames: Frame[] = [];
  let node = root;
  for (const part of path === '' ? [] : path.split('.')) {
    frames.push({ kind: part === '*' ? 'list' : 'object', node, state: 'after' });
    node = node.children.get(part) as PathNode;
  }
  frames.push({ kind: 'array', node, state: 'element' });
  return frames;
}
