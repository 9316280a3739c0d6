package kmemsh.learn;

/** What an answer is, and so how one that a person wrote is read. */
public enum AnswerKind {
  /** A number of things or bytes. */
  NUMBER("a number, such as 12, 0xc, 4096 or 4K"),

  /** A frame or an address: digits without 0x may be meant as hexadecimal ones. */
  HEX("a number, such as 0x1408 or 5128"),

  /** Several numbers in order. */
  NUMBERS("numbers in order, with blanks or commas between them"),

  /** One of the choices. */
  CHOICE("a letter, or the word beside it"),

  /** A name. */
  WORD("a name"),

  /** Free text that the learner compares with the model answer. */
  OPEN("your answer in a few words, or just Enter");

  private final String form;

  AnswerKind(String form) {
    this.form = form;
  }

  /** How to write the answer. */
  public String form() {
    return form;
  }
}
