import { isMap, isScalar, type LineCounter, type Document as YamlDocument } from 'yaml';

/** Where the setting at a path stands, or the nearest one around it; from 1. */
export type Locate = (path: readonly PropertyKey[]) => { line: number; col: number };

export function createLocator(document: YamlDocument, lines: LineCounter): Locate {
  return (path) => {
    for (let depth = path.length; depth > 0; depth--) {
      const parent = document.getIn(path.slice(0, depth - 1), true);
      const name = path[depth - 1];
      const pair = isMap(parent)
        ? parent.items.find((item) => isScalar(item.key) && item.key.value === name)
        : undefined;
      const node = (pair?.key ?? document.getIn(path.slice(0, depth), true)) as
        | { range?: [number, number, number] }
        | undefined;
      if (node?.range) return lines.linePos(node.range[0]);
    }
    return { line: 1, col: 1 };
  };
}
