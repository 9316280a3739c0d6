package kmemsh.explain;

import kmemsh.trace.Fact;
import kmemsh.trace.TraceBuffer;

/** Reads facts one after the other. */
final class FactCursor {
  private final TraceBuffer facts;
  private int at;

  FactCursor(TraceBuffer facts) {
    this.facts = facts;
  }

  boolean more() {
    return at < facts.size();
  }

  Fact next() {
    return facts.fact(at++);
  }

  int position() {
    return at;
  }

  /** The kind of the next fact, or -1 at the end. */
  int kind() {
    return kindAt(0);
  }

  /** The kind of the fact {@code ahead} facts behind the next one, or -1 behind the end. */
  int kindAt(int ahead) {
    return at + ahead < facts.size() ? facts.kind(at + ahead) : -1;
  }

  /** The fact {@code ahead} facts behind the next one, which exists. */
  Fact peek(int ahead) {
    return facts.fact(at + ahead);
  }
}
