package org.lyceum.transforms.parse;

/** Text that is not UTF-8, or that UTF-8 cannot spell; carries no byte of it. */
public final class NotUtf8Exception extends Exception {
  public NotUtf8Exception() {
    super("not UTF-8", null, false, false);
  }
}
