package org.lyceum.pipelines;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.transforms.banner.BannerClient;
import org.lyceum.transforms.io.http.HttpSettings;

/**
 * Checked settings of the roll call.
 *
 * @param year of the courses, four digits
 * @param term of the courses, two digits
 * @param page of Banner that tells the people of a course
 * @param http how Banner is asked
 */
record RollCallConfig(String year, String term, URI page, HttpSettings http) {

  /**
   * Settings of a person.
   *
   * @param http how hosts are asked, but for the pace
   */
  static RollCallConfig from(
      LyceumOptions.RollCall options, Map<String, String> environment, HttpSettings http) {
    String year = digits("YEAR", options.getYear(), 4);
    String term = digits("TERM", options.getTerm(), 2);
    Duration rest = Duration.ofSeconds(HarvestSettings.number("WAIT", options.getWait(), 0));
    URI page = page(new HarvestSettings(environment).text("BANNER_ENDPOINT_BASE"));
    return new RollCallConfig(year, term, page, http.withPace(http.concurrency(), rest));
  }

  private static String digits(String name, String text, int count) {
    String value = text.strip();
    if (!value.matches("\\d{" + count + "}")) {
      throw new Refusal(
          Exit.WRONG_USE,
          (value.isEmpty() ? name + " is missing" : name + "=" + value)
              + ": it is "
              + count
              + " digits, as in make rollcall YEAR=2019 TERM=02");
    }
    return value;
  }

  private static URI page(String base) {
    if (base.isEmpty()) {
      throw new Refusal(
          Exit.WRONG_USE, "BANNER_ENDPOINT_BASE is missing: say in .env where Banner's pages are");
    }
    try {
      return BannerClient.page(URI.create(base));
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          Exit.WRONG_USE,
          "BANNER_ENDPOINT_BASE is a URL such as https://banner.lyceum.example/api/, without user"
              + " and password",
          e);
    }
  }
}
