import { expect } from 'chai';
import { canonicalize } from 'json-canonicalize';
import { canonicalJson } from '../../lib/messages/canonical-json.js';

describe('canonicalJson', () => {
  const canonical = (value: unknown) => canonicalJson(value, () => undefined);

  /** A number by the bits of its IEEE 754 form. */
  const float = (bits: string) => Buffer.from(bits, 'hex').readDoubleBE();

  it('leaves out what holds nothing, as JSON does', () => {
    expect(canonical({ b: 1, a: undefined })).to.equal('{"b":1}');
  });

  it('is as in the examples of RFC 8785, 3.2.2', () => {
    const value = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`) as unknown;
    expect(canonical(value)).to.equal(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts keys by their UTF-16 code units, as in RFC 8785, 3.2.3', () => {
    const value = {
      '€': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '😀': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      ö: 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonical(value)) as object)).to.have.members(Object.values(value));
    expect(canonical(value).match(/(?<=:")[^"]*/g)).to.deep.equal([
      ...['Carriage Return', 'One', 'Control', 'Latin Small Letter O With Diaeresis'],
      ...['Euro Sign', 'Emoji: Grinning Face', 'Hebrew Letter Dalet With Dagesh'],
    ]);
  });

  it('writes numbers as in RFC 8785, appendix B', () => {
    const samples: Record<string, string> = {
      '0000000000000000': '0',
      '8000000000000000': '0',
      '0000000000000001': '5e-324',
      '8000000000000001': '-5e-324',
      '7fefffffffffffff': '1.7976931348623157e+308',
      ffefffffffffffff: '-1.7976931348623157e+308',
      '4340000000000000': '9007199254740992',
      c340000000000000: '-9007199254740992',
      '4430000000000000': '295147905179352830000',
      '44b52d02c7e14af5': '9.999999999999997e+22',
      '44b52d02c7e14af6': '1e+23',
      '44b52d02c7e14af7': '1.0000000000000001e+23',
      '444b1ae4d6e2ef4e': '999999999999999700000',
      '444b1ae4d6e2ef4f': '999999999999999900000',
      '444b1ae4d6e2ef50': '1e+21',
      '3eb0c6f7a0b5ed8c': '9.999999999999997e-7',
      '3eb0c6f7a0b5ed8d': '0.000001',
      '41b3de4355555555': '333333333.3333333',
      becbf647612f3696: '-0.0000033333333333333333',
      '43143ff3c1cb0959': '1424953923781206.2',
    };
    for (const [bits, text] of Object.entries(samples)) expect(canonical(float(bits)), bits).to.equal(text);
  });

  it('is what another implementation makes of it', () => {
    const values = [
      null,
      'text "quoted" \\ \u0000\u001f\u007f\u2028',
      [],
      {},
      [[], [{}], { a: [] }],
      { b: 1, a: { d: [1, 2, { z: 0, y: -0 }], c: '\u00e9' } },
      { 10: 'ten', 9: 'nine', a1: 1, A1: 2, _: 3, '': 4 },
      [1e21, 1e-7, 123456789.123, -1.5],
    ];
    for (const value of values) expect(canonical(value)).to.equal(canonicalize(value));
  });

  it('does not depend on the order in which keys were given', () => {
    expect(canonical({ a: 1, b: { d: 1, c: 2 } })).to.equal(canonical({ b: { c: 2, d: 1 }, a: 1 }));
    expect(canonical([1, 2])).not.to.equal(canonical([2, 1]));
  });

  it('puts another text in the place of an object, at any depth', () => {
    const inner = { inner: true };
    const refer = (object: object) => ('inner' in object ? '"reference"' : undefined);
    expect(canonicalJson(inner, refer)).to.equal('"reference"');
    expect(canonicalJson({ list: [{ at: inner }] }, refer)).to.equal('{"list":[{"at":"reference"}]}');
  });
});
