package org.lyceum.testdata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Generates what an Opencast holds to a folder, from which the stack's test server serves it. */
@Command(
    name = "generate-opencast",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description = "Generates user actions, episodes and workflows of an Opencast as JSON lines.")
final class GenerateOpencast implements Callable<Integer> {
  private static final ObjectMapper JSON =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  @Option(
      names = "--out",
      required = true,
      description = "Folder for actions.jsonl, episodes.jsonl, workflows.jsonl and truth.json.")
  private Path out;

  @Option(names = "--seed", defaultValue = "1", description = "Same seed, same bytes.")
  private long seed;

  @Option(names = "--first-day", defaultValue = "2026-03-02", description = "First day.")
  private LocalDate firstDay;

  @Option(names = "--days", defaultValue = "3", description = "How many days.")
  private int days;

  @Option(names = "--learners", defaultValue = "5", description = "How many learners.")
  private int learners;

  @Option(names = "--episodes", defaultValue = "8", description = "How many episodes.")
  private int episodes;

  @Option(names = "--zone", defaultValue = "America/New_York", description = "The host's zone.")
  private ZoneId zone;

  @Override
  public Integer call() throws IOException {
    OpencastGenerator generator =
        new OpencastGenerator(new OpencastOptions(seed, firstDay, days, learners, episodes, zone));
    Files.createDirectories(out);
    Files.write(
        out.resolve("actions.jsonl"),
        generator.actions().stream().map(OpencastGenerator.Action::json).toList());
    List<String> lines = new ArrayList<>();
    for (OpencastGenerator.Episode episode : generator.episodes()) {
      ObjectNode line = JSON.createObjectNode().put("mpid", episode.mpid());
      line.set("old", tree(episode.old()));
      line.set("new", tree(episode.young()));
      lines.add(line.toString());
    }
    Files.write(out.resolve("episodes.jsonl"), lines);
    lines.clear();
    for (OpencastGenerator.Workflow workflow : generator.workflows()) {
      ObjectNode line = JSON.createObjectNode().put("mpid", workflow.mpid());
      line.set("workflow", tree(workflow.json()));
      lines.add(line.toString());
    }
    Files.write(out.resolve("workflows.jsonl"), lines);
    Files.writeString(out.resolve("truth.json"), JSON.writeValueAsString(generator.truth()) + "\n");
    System.out.println(generator.truth());
    System.out.println(out);
    return 0;
  }

  private static JsonNode tree(String json) throws IOException {
    return JSON.readTree(json);
  }
}
