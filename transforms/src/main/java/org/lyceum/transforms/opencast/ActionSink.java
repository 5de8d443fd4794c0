package org.lyceum.transforms.opencast;

/** Takes actions as they are read. */
@FunctionalInterface
public interface ActionSink {

  /**
   * Takes one.
   *
   * @param json of one action, byte by byte as it was sent; mostly an object
   */
  void action(byte[] json);

  /**
   * The list changed and is read again from its beginning. Who keeps what came before must take, of
   * what comes twice, the last.
   */
  default void startAgain() {}
}
