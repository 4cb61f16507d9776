import { describe, expect, it } from 'vitest';
import { loadTree } from '../../src/extract/page-tree.ts';
import { findByXPath, stringOf } from '../../src/extract/xpath.ts';
import { InputError, PermanentError } from '../../src/lib/errors.ts';

const PAGE = `<html><body><div class="list">
  <div class="item new" data-id="1"><h3>Первый</h3><p>раз</p><p>два</p><a href="/1">далее</a></div>
  <div class="item" data-id="2"><h3>Второй</h3><p>три</p><span>x</span></div>
  <div class="ad">реклама</div></div></body></html>`;

const root = () => loadTree(PAGE).root().get(0)!;
const find = (path: string) => findByXPath(path, root()).map((node) => stringOf(node).trim());

describe('an XPath finds', () => {
  it.each<[string, string[]]>([
    ['/html/body/div/div/h3', ['Первый', 'Второй']],
    ['//h3', ['Первый', 'Второй']],
    ['//div[@class="item"]/h3', ['Второй']],
    ['//div[contains(@class, "item")]/@data-id', ['1', '2']],
    ['//div[contains(@class,"item")][2]/h3', ['Второй']],
    ['//p[1]', ['раз', 'три']],
    ['//div[@data-id]/p[last()]/text()', ['два', 'три']],
    ['//div[h3="Второй"]/p', ['три']],
    ['//div[not(@data-id) and starts-with(normalize-space(), "рек")]', ['реклама']],
    ['//h3[text()="Первый"]/following-sibling::p', ['раз', 'два']],
    ['//p[.="два"]/../@data-id', ['1']],
    ['//span/ancestor::div[@data-id]/@data-id', ['2']],
    ['//div[count(p) > 1]/@data-id', ['1']],
    ['//h3 | //span', ['Первый', 'Второй', 'x']],
    ['//div[@data-id="1" or @class="ad"]//text()[normalize-space()="раз"]', ['раз']],
    ['//nothing', []],
  ])('%s', (path, expected) => {
    expect(find(path)).toEqual(expected);
  });

  it('from a node, and the page from there', () => {
    const [item] = findByXPath('//div[@data-id="2"]', root());
    expect(item && 'type' in item && findByXPath('./h3', item).map(stringOf)).toEqual(['Второй']);
    expect(item && 'type' in item && findByXPath('//h3', item)).toHaveLength(2);
  });
});

describe('a mistake in an XPath is named with its place', () => {
  it.each([
    ['//div[', 'character 7: a name is expected at the end'],
    ['//div]', 'character 6: "]" is not expected here'],
    ['//div[@class="a"', 'character 17: "]" is expected'],
    ['//div[matches(., "x")]', 'character 7: there is no function matches()'],
    ['//div[contains(.)]', 'character 7: contains() takes 2 to 2 inputs'],
    ['//div[#]', 'character 7: "#]" is not understood here'],
    ['//sideways::p', 'character 3: there is no axis "sideways" here'],
    ['', 'character 1: a name is expected at the end'],
  ])('%s', (path, message) => {
    expect(() => find(path)).toThrow(InputError);
    expect(() => find(path)).toThrow(message);
  });

  it('and one that nests without end is refused', () => {
    expect(() => find(`//a${'[('.repeat(300)}`)).toThrow(InputError);
  });
});

it('a path that would look at everything over and over is given up', () => {
  const wide = loadTree(`<div>${'<b><i></i></b>'.repeat(3000)}</div>`)
    .root()
    .get(0)!;
  // The processor's time: the clock's would tell how busy the machine is.
  const started = process.cpuUsage();
  expect(() => findByXPath('//*[//*[//*[not(//x)]]]', wide)).toThrow(PermanentError);
  expect(() => findByXPath('//*[//*[contains(., "x")]]', wide)).toThrow(PermanentError);
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1000).toBeLessThan(6000);
});
