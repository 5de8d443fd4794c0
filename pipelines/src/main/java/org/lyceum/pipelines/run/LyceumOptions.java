package org.lyceum.pipelines.run;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** What every pipeline is told. */
public interface LyceumOptions extends PipelineOptions {

  @Description(
      "Where to run: direct (this process) or flink (embedded, or the cluster of --flinkMaster).")
  @Default.String("direct")
  String getOn();

  void setOn(String value);

  @Description("Platform that the data comes from.")
  @Default.String("default")
  String getFeed();

  void setFeed(String value);

  @Description("1: read again what the lake holds unchanged.")
  @Default.String("")
  String getForce();

  void setForce(String value);

  @Description("1: accept what would be refused because something in the lake would go.")
  @Default.String("")
  String getReplace();

  void setReplace(String value);

  /** Options of the edX log ingest. */
  interface IngestEdxLogs extends LyceumOptions {
    @Description("Columns to write, separated by commas; all when blank. For benchmarks.")
    @Default.String("")
    String getColumns();

    void setColumns(String value);
  }

  /** Options of the OpenStax ingest. */
  interface IngestOpenStax extends LyceumOptions {
    @Description("First storage day to look at, such as 2026-03-01; all when blank.")
    @Default.String("")
    String getFrom();

    void setFrom(String value);

    @Description("Last storage day to look at; all when blank.")
    @Default.String("")
    String getTo();

    void setTo(String value);
  }

  /** Options of the ingest from Kafka. */
  interface IngestKafka extends LyceumOptions {
    @Description("Kafka brokers, host:port, separated by commas.")
    @Default.String("")
    String getBootstrap();

    void setBootstrap(String value);

    @Description("Topics, separated by commas; all of the topic map when blank.")
    @Default.String("")
    String getTopics();

    void setTopics(String value);

    @Description("latest: stop at the offsets that are there now; blank: go on without end.")
    @Default.String("")
    String getUntil();

    void setUntil(String value);

    @Description("First UTC day to read again; blank to go on where the lake ends.")
    @Default.String("")
    String getFrom();

    void setFrom(String value);

    @Description("Last UTC day to read again.")
    @Default.String("")
    String getTo();

    void setTo(String value);

    @Description("Seconds from one commit of a stream to the next.")
    @Default.String("10")
    String getInterval();

    void setInterval(String value);

    @Description("File that says what is in which topic, instead of the one that comes with us.")
    @Default.String("")
    String getTopicMap();

    void setTopicMap(String value);

    @Description("URL of the schema registry, for messages in Avro.")
    @Default.String("")
    String getRegistry();

    void setRegistry(String value);

    @Description("File with settings of the Kafka client, such as security.protocol.")
    @Default.String("")
    String getKafkaProperties();

    void setKafkaProperties(String value);
  }

  /** Options that all harvests have. */
  interface Harvest extends LyceumOptions {
    @Description("Where to begin; where the lake ends when blank.")
    @Default.String("")
    String getFrom();

    void setFrom(String value);

    @Description("Where to end; now when blank.")
    @Default.String("")
    String getTo();

    void setTo(String value);

    @Description("Where it goes: lake, stdout, sqs, or several of them with commas.")
    @Default.String("lake")
    String getOutput();

    void setOutput(String value);

    @Description("Seconds to wait between requests.")
    @Default.String("1")
    String getWait();

    void setWait(String value);
  }

  /** Options of the harvest of Opencast's user actions. */
  interface HarvestOpencast extends Harvest {
    @Description("Minutes to go back where the lake has nothing to go on from.")
    @Default.String("")
    String getInterval();

    void setInterval(String value);
  }

  /** Options of the harvest of Opencast's episodes. */
  interface HarvestEpisodes extends Harvest {
    @Description("Media packages, separated by commas; those that were watched when blank.")
    @Default.String("")
    String getMpid();

    void setMpid(String value);

    @Description("Indexes of Elasticsearch that say what was watched; the lake does when blank.")
    @Default.String("")
    String getSourceIndexPattern();

    void setSourceIndexPattern(String value);

    @Description("Index of Elasticsearch that documents of episodes go to.")
    @Default.String("episodes")
    String getTargetIndex();

    void setTargetIndex(String value);
  }

  /** Options of the harvest of Zoom. */
  interface HarvestZoom extends Harvest {
    @Description("Hours that two harvests of a day are apart at least that agree and close it.")
    @Default.String("24")
    String getSettleHours();

    void setSettleHours(String value);
  }

  /** Options of the roll call. */
  interface RollCall extends LyceumOptions {
    @Description("Year of the courses, the first four digits of their series.")
    @Default.String("")
    String getYear();

    void setYear(String value);

    @Description("Term of the courses, the two digits behind the year.")
    @Default.String("")
    String getTerm();

    void setTerm(String value);

    @Description("Seconds to wait between requests.")
    @Default.String("1")
    String getWait();

    void setWait(String value);
  }

  /** Options of the removal of a delivery. */
  interface RemoveDelivery extends LyceumOptions {
    @Description("Source of the delivery.")
    @Default.String("")
    String getSource();

    void setSource(String value);

    @Description("Name of the delivery, as ops.delivery_state has it.")
    @Default.String("")
    String getDelivery();

    void setDelivery(String value);

    @Description("1: say what would be removed, and stop.")
    @Default.String("")
    String getDryRun();

    void setDryRun(String value);
  }

  /** Options of the upkeep. */
  interface MaintainLake extends LyceumOptions {
    @Description("Days that snapshots are kept, for queries of an earlier state.")
    @Default.String("5")
    String getSnapshotDays();

    void setSnapshotDays(String value);

    @Description("Hours after which a file that nothing refers to is removed.")
    @Default.String("24")
    String getOrphanHours();

    void setOrphanHours(String value);
  }
}
