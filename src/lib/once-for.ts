/** Remembers what `make` gives for an object for as long as the object is used. `about`: what else it is made of, always the same for an object. */
export function onceFor<Key extends object, Value, About = void>(
  make: (key: Key, about: About) => Value,
): (key: Key, about: About) => Value {
  const made = new WeakMap<Key, Value>();
  return (key, about) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key, about);
    made.set(key, value);
    return value;
  };
}
