package org.lyceum.transforms.banner;

/**
 * A person of a course, as Banner tells it; null for what it leaves out or blank.
 *
 * @param mi middle initial
 * @param regLevel level of the registration
 */
public record CoursePerson(
    String huid, String status, String firstName, String mi, String lastName, String regLevel) {

  /** Without what must not be seen in logs. */
  @Override
  public String toString() {
    return "a person of a course";
  }
}
