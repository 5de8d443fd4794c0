package org.lyceum.transforms.io;

/** The schema registry refuses to answer, or has not answered for too long. */
public final class SchemaRegistryException extends RuntimeException {
  SchemaRegistryException(String what, int id, Throwable cause) {
    super(what + " (schema id " + Integer.toUnsignedString(id) + ").", cause);
  }
}
