package org.lyceum.stack;

/** An engine could not be started, stopped or installed; the message is a sentence for a person. */
public final class EngineFailure extends Exception {
  EngineFailure(String message) {
    super(message);
  }

  EngineFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
