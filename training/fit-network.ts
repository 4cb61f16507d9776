import { randomFrom, shuffle } from '../src/lib/random.ts';
import { softmax } from '../src/understand/probabilities.ts';
import type { WordVectors } from './word-vectors.ts';

/** Examples of one question. */
export interface NetworkTask {
  /** Rows of the word vectors; 0 is every other word. */
  texts: readonly Int32Array[];
  /** Number of the right answer. */
  answers: readonly number[];
  /** How dear a mistake is, per right answer; */
  costs: readonly number[];
  /** times how much each example counts. */
  shares: readonly number[];
}

export interface NetworkFit {
  filters: number;
  dimensions: number;
  /** `[filter][left, middle, right][dimension]` */
  windows: Float32Array;
  filterBiases: Float32Array;
  vectors: Float32Array;
  /** Per task, `[answer][feature]` and `[answer]`. */
  heads: { weights: Float32Array; biases: Float32Array }[];
}

export interface NetworkPlan {
  filters: number;
  rounds: number;
  seed: number;
}

const LONGEST = 60;
const RATE = 0.03;
/** Words left out of a text in a round of training, and signs hidden from the heads: what must do without leans on no single word. */
const WORDS_HIDDEN = 0.15;
const SIGNS_HIDDEN = 0.3;
const PENALTY = 1e-4;
/** Beyond this share of training the mean of weights is taken, looking at them every so many examples. */
const LATE = 0.5;
const LOOK_EVERY = 500;
/** Word vectors are longer than 1, so that filters see them. */
const VECTOR_LENGTH = 1.5;

/**
 * Learns the filters, the heads of all questions and better word vectors together, by AdaGrad (Duchi and others, 2011). Questions
 * share filters and vectors: what one learns of words serves the others.
 */
export function fitNetwork(
  start: WordVectors,
  tasks: readonly NetworkTask[],
  { filters, rounds, seed }: NetworkPlan,
): NetworkFit {
  const network = new Trainee(start, tasks, filters, seed);
  const order = tasks.flatMap((task, at) => task.texts.map((_, text) => [at, text] as const));
  const places = Int32Array.from(order, (_, at) => at);
  const mean = new MeanWeights(network.weights());
  const steps = rounds * places.length;
  let step = 0;
  for (let round = 0; round < rounds; round += 1) {
    shuffle(places, network.random);
    const rate = RATE * (1 - (0.8 * round) / rounds);
    for (const place of places) {
      const [task, text] = order[place] as readonly [number, number];
      network.learn(tasks[task] as NetworkTask, task, text, rate);
      step += 1;
      if (step > LATE * steps && step % LOOK_EVERY === 0) mean.look();
    }
  }
  mean.take();
  return network.result();
}

/** The mean of weights at several times (Polyak and Juditsky, 1992): what the last examples happened to be does not show in it. */
class MeanWeights {
  private readonly weights: readonly Float32Array[];
  private readonly means: readonly Float64Array[];
  private count = 0;

  constructor(weights: readonly Float32Array[]) {
    this.weights = weights;
    this.means = weights.map(({ length }) => new Float64Array(length));
  }

  look(): void {
    this.count += 1;
    this.weights.forEach((weights, at) => {
      const mean = this.means[at] as Float64Array;
      for (let one = 0; one < mean.length; one += 1)
        mean[one] = (mean[one] as number) + ((weights[one] as number) - (mean[one] as number)) / this.count;
    });
  }

  /** The weights become their mean. */
  take(): void {
    if (this.count === 0) return;
    this.weights.forEach((weights, at) => {
      weights.set(this.means[at] as Float64Array);
    });
  }
}

/** Weights with the sum of their squared slopes. */
class Weights {
  readonly values: Float32Array;
  private readonly squares: Float32Array;
  constructor(values: Float32Array) {
    this.values = values;
    this.squares = new Float32Array(values.length).fill(1e-6);
  }
  move(at: number, slope: number, rate: number): void {
    const square = (this.squares[at] as number) + slope * slope;
    this.squares[at] = square;
    this.values[at] = (this.values[at] as number) - (rate * slope) / Math.sqrt(square);
  }
}

class Trainee {
  readonly random: () => number;
  private readonly filters: number;
  private readonly dimensions: number;
  private readonly signsOf: number;
  private readonly vectors: Float32Array;
  private readonly vectorSquares: Float32Array;
  private readonly windows: Weights;
  private readonly filterBiases: Weights;
  private readonly heads: { weights: Weights; biases: Weights }[];
  private readonly words = new Int32Array(LONGEST);
  private readonly answers: Float32Array;
  private readonly signs: Float32Array;
  private readonly mask: Float32Array;
  private readonly signSlopes: Float32Array;
  private readonly windowSlopes: Float32Array;
  private readonly filterSlopes: Float32Array;
  private readonly wordSlopes: Float32Array;
  private readonly strongest: Int32Array;

  constructor(start: WordVectors, tasks: readonly NetworkTask[], filters: number, seed: number) {
    const { dimensions } = start;
    this.random = randomFrom(seed);
    this.filters = filters;
    this.dimensions = dimensions;
    this.signsOf = 2 * filters + dimensions;
    this.vectors = new Float32Array((start.words.length + 1) * dimensions);
    this.vectors.set(
      start.vectors.map((value) => value * VECTOR_LENGTH),
      dimensions,
    );
    this.vectorSquares = new Float32Array(start.words.length + 1).fill(1e-4);
    this.windows = new Weights(this.noise(filters * 3 * dimensions, Math.sqrt(1 / (3 * dimensions))));
    this.filterBiases = new Weights(new Float32Array(filters));
    this.heads = tasks.map(({ costs }) => ({
      weights: new Weights(this.noise(costs.length * this.signsOf, 0.05)),
      biases: new Weights(new Float32Array(costs.length)),
    }));
    this.answers = new Float32Array(LONGEST * filters);
    this.signs = new Float32Array(this.signsOf);
    this.mask = new Float32Array(this.signsOf);
    this.signSlopes = new Float32Array(this.signsOf);
    this.windowSlopes = new Float32Array(filters * 3 * dimensions);
    this.filterSlopes = new Float32Array(filters);
    this.wordSlopes = new Float32Array(LONGEST * dimensions);
    this.strongest = new Int32Array(filters);
  }

  /** All that is learned, in place. */
  weights(): Float32Array[] {
    const { vectors, windows, filterBiases, heads } = this;
    const ofHeads = heads.flatMap(({ weights, biases }) => [weights.values, biases.values]);
    return [vectors, windows.values, filterBiases.values, ...ofHeads];
  }

  result(): NetworkFit {
    return {
      filters: this.filters,
      dimensions: this.dimensions,
      windows: this.windows.values,
      filterBiases: this.filterBiases.values,
      vectors: this.vectors,
      heads: this.heads.map(({ weights, biases }) => ({ weights: weights.values, biases: biases.values })),
    };
  }

  learn(task: NetworkTask, at: number, text: number, rate: number): void {
    const count = this.chooseWords(task.texts[text] as Int32Array);
    if (count === 0) return;
    this.read(count);
    this.hideSigns();
    this.learnHead(at, task, text, rate);
    this.spreadToWindows(count);
    this.moveShared(count, rate);
  }

  private noise(size: number, deviation: number): Float32Array {
    const { random } = this;
    return Float32Array.from(
      { length: size },
      () => deviation * Math.sqrt(-2 * Math.log(random() + 1e-9)) * Math.cos(2 * Math.PI * random()),
    );
  }

  private chooseWords(text: Int32Array): number {
    let count = 0;
    for (let at = 0; at < text.length && count < LONGEST; at += 1)
      if (this.random() >= WORDS_HIDDEN) {
        this.words[count] = text[at] as number;
        count += 1;
      }
    return count;
  }

  private read(count: number): void {
    const { filters, dimensions, signs, answers } = this;
    const strongest = this.strongest;
    signs.fill(0);
    strongest.fill(-1);
    for (let at = 0; at < count; at += 1)
      for (let filter = 0; filter < filters; filter += 1) {
        const answer = this.answerOf(filter, at, count);
        answers[at * filters + filter] = answer;
        if (answer <= 0) continue;
        if (answer > (signs[filter] as number)) {
          signs[filter] = answer;
          strongest[filter] = at;
        }
        signs[filters + filter] = (signs[filters + filter] as number) + answer / count;
      }
    const share = 1 / Math.sqrt(count);
    for (let at = 0; at < count; at += 1) {
      const from = (this.words[at] as number) * dimensions;
      for (let place = 0; place < dimensions; place += 1)
        signs[2 * filters + place] =
          (signs[2 * filters + place] as number) + share * (this.vectors[from + place] as number);
    }
  }

  private answerOf(filter: number, at: number, count: number): number {
    const { dimensions, vectors, words } = this;
    const windows = this.windows.values;
    let sum = this.filterBiases.values[filter] as number;
    for (let side = 0; side < 3; side += 1) {
      const word = at + side - 1;
      if (word < 0 || word >= count) continue;
      const vector = (words[word] as number) * dimensions;
      const window = (filter * 3 + side) * dimensions;
      for (let place = 0; place < dimensions; place += 1)
        sum += (windows[window + place] as number) * (vectors[vector + place] as number);
    }
    return sum;
  }

  private hideSigns(): void {
    for (let at = 0; at < this.signsOf; at += 1) {
      const mask = this.random() < SIGNS_HIDDEN ? 0 : 1 / (1 - SIGNS_HIDDEN);
      this.mask[at] = mask;
      this.signs[at] = (this.signs[at] as number) * mask;
    }
  }

  private learnHead(at: number, { costs, answers, shares }: NetworkTask, text: number, rate: number): void {
    const right = answers[text] as number;
    const cost = (costs[right] as number) * (shares[text] as number);
    const { weights, biases } = this.heads[at] as { weights: Weights; biases: Weights };
    const { signs, signsOf } = this;
    const signSlopes = this.signSlopes;
    const logits = costs.map((_, answer) => {
      let sum = biases.values[answer] as number;
      for (let sign = 0; sign < signsOf; sign += 1)
        sum += (weights.values[answer * signsOf + sign] as number) * (signs[sign] as number);
      return sum;
    });
    const probabilities = softmax(Float64Array.from(logits));
    signSlopes.fill(0);
    for (let answer = 0; answer < costs.length; answer += 1) {
      const wanted = answer === right ? 1 : 0;
      const slope = ((probabilities[answer] as number) - wanted) * cost;
      biases.move(answer, slope, rate);
      for (let sign = 0; sign < signsOf; sign += 1) {
        const weight = answer * signsOf + sign;
        const value = weights.values[weight] as number;
        signSlopes[sign] = (signSlopes[sign] as number) + slope * value;
        weights.move(weight, slope * (signs[sign] as number) + PENALTY * value, rate);
      }
    }
    for (let sign = 0; sign < signsOf; sign += 1)
      signSlopes[sign] = (signSlopes[sign] as number) * (this.mask[sign] as number);
  }

  private spreadToWindows(count: number): void {
    const { filters, dimensions, signSlopes, wordSlopes } = this;
    wordSlopes.fill(0, 0, count * dimensions);
    this.windowSlopes.fill(0);
    this.filterSlopes.fill(0);
    for (let at = 0; at < count; at += 1) {
      for (let filter = 0; filter < filters; filter += 1) {
        if ((this.answers[at * filters + filter] as number) <= 0) continue;
        let slope = (signSlopes[filters + filter] as number) / count;
        if (this.strongest[filter] === at) slope += signSlopes[filter] as number;
        if (slope !== 0) this.spreadToWords(filter, at, count, slope);
      }
      for (let place = 0; place < dimensions; place += 1)
        wordSlopes[at * dimensions + place] =
          (wordSlopes[at * dimensions + place] as number) +
          (signSlopes[2 * filters + place] as number) / Math.sqrt(count);
    }
  }

  private spreadToWords(filter: number, at: number, count: number, slope: number): void {
    const { dimensions, vectors, words, wordSlopes } = this;
    const windowSlopes = this.windowSlopes;
    const windows = this.windows.values;
    this.filterSlopes[filter] = (this.filterSlopes[filter] as number) + slope;
    for (let side = 0; side < 3; side += 1) {
      const word = at + side - 1;
      if (word < 0 || word >= count) continue;
      const vector = (words[word] as number) * dimensions;
      const window = (filter * 3 + side) * dimensions;
      for (let place = 0; place < dimensions; place += 1) {
        windowSlopes[window + place] =
          (windowSlopes[window + place] as number) + slope * (vectors[vector + place] as number);
        wordSlopes[word * dimensions + place] =
          (wordSlopes[word * dimensions + place] as number) + slope * (windows[window + place] as number);
      }
    }
  }

  private moveShared(count: number, rate: number): void {
    const { dimensions, vectors } = this;
    const wordSlopes = this.wordSlopes;
    for (let at = 0; at < this.windowSlopes.length; at += 1) {
      const slope = this.windowSlopes[at] as number;
      if (slope !== 0) this.windows.move(at, slope, rate);
    }
    for (let filter = 0; filter < this.filters; filter += 1) {
      const slope = this.filterSlopes[filter] as number;
      if (slope !== 0) this.filterBiases.move(filter, slope, rate);
    }
    for (let at = 0; at < count; at += 1) {
      const word = this.words[at] as number;
      let square = 0;
      for (let place = 0; place < dimensions; place += 1)
        square += (wordSlopes[at * dimensions + place] as number) ** 2;
      this.vectorSquares[word] = (this.vectorSquares[word] as number) + square / dimensions;
      const step = (0.5 * rate) / Math.sqrt(this.vectorSquares[word] as number);
      for (let place = 0; place < dimensions; place += 1)
        vectors[word * dimensions + place] =
          (vectors[word * dimensions + place] as number) -
          step * (wordSlopes[at * dimensions + place] as number);
    }
  }
}
