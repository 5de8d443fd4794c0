package org.lyceum.transforms.opencast;

import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.transforms.io.http.HttpAuth;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.lyceum.transforms.io.http.HttpSession;
import org.lyceum.transforms.io.http.HttpSettings;

/**
 * Where an installation of Opencast is, who asks it, and how fast. Travels to workers, is stored
 * nowhere.
 */
public record OpencastAccess(
    OpencastHosts hosts, String user, String password, HttpSettings settings)
    implements Serializable {
  public OpencastAccess {
    Objects.requireNonNull(hosts);
    Objects.requireNonNull(settings);
  }

  /** A session of its own; the caller closes it. */
  public HttpSession open() {
    return HttpSession.open(settings, HttpAuth.digest(user, password));
  }

  /**
   * The engage node's own time, by which harvests end.
   *
   * @throws Refusal with one clear sentence if the host does not answer as it should
   */
  public Instant hostTime() {
    try (HttpSession session = open()) {
      return new OpencastClient(session, hosts).hostTime();
    } catch (HttpFailureException e) {
      throw new Refusal(Exit.FAILED, e.getMessage(), e);
    }
  }

  /** Without what must not be seen. */
  @Override
  public String toString() {
    return "Opencast at " + hosts.engage() + " and " + hosts.admin();
  }
}
