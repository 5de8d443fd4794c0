package org.lyceum.pipelines;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Csv;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.pipelines.run.ProgressLine;
import org.lyceum.transforms.banner.BannerClient;
import org.lyceum.transforms.banner.CoursePerson;
import org.lyceum.transforms.io.http.HttpAuth;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.lyceum.transforms.io.http.HttpSession;
import org.lyceum.transforms.io.http.HttpSettings;
import org.lyceum.transforms.opencast.HeldEpisodes;

/**
 * {@code make rollcall}: a year and a term in; for each of their series that the lake has episodes
 * of, the people whom Banner knows in that course, as CSV on standard output out. A series is
 * printed when all its people are read; people are nowhere else, neither in the lake nor in a log.
 */
public final class RollCall {
  private static final List<String> COLUMNS =
      List.of("series", "huid", "status", "first_name", "mi", "last_name", "reg_level");

  /** What of a series is year and term; the number of the course stands behind. */
  private static final int YEAR_AND_TERM = 6;

  private final BannerClient banner;
  private final PrintStream out;

  private RollCall(BannerClient banner, PrintStream out) {
    this.banner = banner;
    this.out = out;
  }

  public static void main(String[] args) {
    PipelineOptionsFactory.register(LyceumOptions.RollCall.class);
    Exit.with(
        () -> {
          var options = PipelineOptionsFactory.fromArgs(args).as(LyceumOptions.RollCall.class);
          RollCallConfig config =
              RollCallConfig.from(options, System.getenv(), HttpSettings.defaults());
          try (RESTCatalog catalog = Lake.fromEnvironment().connect()) {
            return run(catalog, config, new PrintStream(System.out, false, StandardCharsets.UTF_8));
          }
        });
  }

  static Exit.Outcome run(RESTCatalog catalog, RollCallConfig config, PrintStream out)
      throws IOException {
    List<String> all =
        HeldEpisodes.series(catalog, config.year(), config.term()).stream()
            .filter(series -> series.length() > YEAR_AND_TERM)
            .toList();
    AtomicInteger done = new AtomicInteger();
    long people = 0;
    try (HttpSession session = HttpSession.open(config.http(), HttpAuth.none());
        ProgressLine progress = ProgressLine.ofSteps("rollcall", "series", all.size(), done::get)) {
      progress.start();
      RollCall call = new RollCall(new BannerClient(session, config.page()), out);
      call.write(Csv.line(COLUMNS));
      for (String series : all) {
        people += call.print(series);
        done.incrementAndGet();
      }
    }
    String term = " of year " + config.year() + ", term " + config.term();
    return new Exit.Outcome(
        Exit.DONE,
        all.isEmpty()
            ? "the lake has no courses" + term + "; make harvest-episodes brings them"
            : people + " people in " + all.size() + " series" + term);
  }

  private int print(String series) {
    List<CoursePerson> people = people(series);
    StringBuilder lines = new StringBuilder();
    for (CoursePerson person : people) {
      lines.append(Csv.line(row(series, person)));
    }
    write(lines);
    return people.size();
  }

  private List<CoursePerson> people(String series) {
    try {
      return banner.people(series.substring(0, YEAR_AND_TERM), series.substring(YEAR_AND_TERM));
    } catch (HttpFailureException e) {
      throw new Refusal(
          Exit.FAILED, "the roll call ends before series " + series + ": " + e.getMessage(), e);
    }
  }

  private static List<String> row(String series, CoursePerson person) {
    return Arrays.asList( // a blank is null
        series,
        person.huid(),
        person.status(),
        person.firstName(),
        person.mi(),
        person.lastName(),
        person.regLevel());
  }

  private void write(CharSequence lines) {
    out.append(lines);
    if (out.checkError()) {
      throw new Refusal(
          Exit.FAILED, "standard output takes no more, so the roll call is not whole");
    }
  }
}
