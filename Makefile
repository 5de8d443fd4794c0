# Everything a person does is a target here. `make` alone lists them; README.md says them by task.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: bench chaos clean demo down engines es-templates format harvest-episodes harvest-opencast harvest-zoom help ingest-edx-logs ingest-kafka ingest-openstax maintain remove reset rollcall sinks-down sinks-up sources-down sources-up sql status test up views

# Settings: make variable, else environment, else .env, else example.env's value.
define setting
ifeq ($$(origin $(1)),undefined)
$(1) := $$(shell bin/setting $(1))
endif
export $(1)
endef
$(foreach name,$(shell sed -n 's/^\([A-Z0-9_]*\)=.*/\1/p' example.env),$(eval $(call setting,$(name))))

# What a person types reaches programs through the environment, unexpanded: no shell and no make reads quotes or dollars in it.
export LYCEUM_SQL := $(value Q)
export LYCEUM_INPUT := $(value INPUT)
export LYCEUM_REASON := $(value REASON)
export FORMAT

JDK := $(shell bin/find-jdk)
export JAVA_HOME := $(JDK)
MVN := mvn $(shell [ -t 1 ] || echo --batch-mode) -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
VERSION := $(shell sed -n 's:^  <version>\(.*\)</version>:\1:p' pom.xml)
JVM := --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
STACK = $(JDK)/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "stack/target/stack-$(VERSION).jar:$$(cat stack/target/classes/org/lyceum/stack/stack.classpath)" org.lyceum.stack.LocalLake
SOURCES_OF_TEST = $(subst stack.LocalLake,stack.SourceEngines,$(STACK))
SOURCES_OPTIONS = --folder="$(LAKE)/sources" --kafka-port=$(KAFKA_PORT) --s3-port=$(S3_PORT) --registry-port=$(REGISTRY_PORT)
SINKS_OF_TEST = $(subst stack.LocalLake,stack.SinkEngines,$(STACK))
SINKS_OPTIONS = --folder="$(LAKE)/sinks" --elasticsearch-port=$(ELASTICSEARCH_PORT) --sqs-port=$(SQS_PORT)
LAKE_OPTIONS = --lake="$(LAKE)" --trino-port=$(TRINO_PORT) --catalog-port=$(CATALOG_PORT)
# A class data archive, made by the first run, makes later ones start in half the time.
archive = -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=$(1) -Xlog:disable -Xlog:all=off
SQL = $(JDK)/bin/java $(call archive,target/sql.jsa) -XX:+UseSerialGC -XX:TieredStopAtLevel=1 $(JVM) -cp "sql/target/sql-$(VERSION).jar:$$(cat sql/target/classpath)"
PIPELINE = $(JDK)/bin/java $(call archive,target/pipeline.jsa) -XX:+UseParallelGC -Xmx$(PIPELINE_HEAP) $(JVM) -cp "pipelines/target/pipelines-$(VERSION).jar:$$(cat pipelines/target/classpath)"
# A setting that a file has for other targets counts here only when a person says it.
said = $(if $(filter file,$(origin $(1))),,$($(1)))
FLINK = $(if $(filter flink,$(RUNNER)),$(if $(FLINK_MASTER),--flinkMaster="$(FLINK_MASTER)"))
SOURCES := $(shell find pom.xml .mvn catalog transforms pipelines sql stack testdata bench -name target -prune -o -type f ! -name '*.md' ! -path '*/src/test/*' -print)

help: ## list what there is
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1\t\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'\t' '{printf "  make %-16s %s\n", $$1, $$2}'

target/jdk:
	@[ -n "$(JDK)" ] || { echo "exit 2: no JDK 25 or newer in JAVA_HOME or the usual folders; install one (temurin-25-jdk, openjdk-25-jdk) or set JAVA_HOME" >&2; exit 2; }
	@command -v mvn >/dev/null || { echo "exit 2: no mvn on the PATH; install Apache Maven 3.8 or newer" >&2; exit 2; }
	@mkdir -p target

target/built: $(SOURCES) | target/jdk
	@echo "building (the first time this downloads about 500 MB of libraries) ..." >&2
	@$(MVN) package -DskipTests -Dspotless.check.skip=true >&2 || { echo "exit 1: the build failed, see above" >&2; exit 1; }
	@rm -f target/*.jsa; touch $@

engines: target/built ## install Trino for the local lake, once for this user
	@$(STACK) engines >/dev/null 2>&1 || { echo "fetching Trino (540 MB, once) ..." >&2 && $(MVN) -f stack/engines/pom.xml initialize >&2 && $(STACK) engines --from=stack/engines/target/engines.list >/dev/null; }

up: engines ## start the local lake (catalog and Trino), apply all contracts
	@$(STACK) up $(LAKE_OPTIONS) --trino-heap=$(TRINO_HEAP)
	@$(SQL) org.lyceum.catalog.ApplyContracts

down: target/built ## stop the local lake
	@$(STACK) down $(LAKE_OPTIONS)

status: target/built ## say what of the local lake is up, and where its logs are
	@$(STACK) status $(LAKE_OPTIONS)

sources-up: target/built ## start test engines that data can come from: Kafka, S3, a schema registry
	@$(SOURCES_OF_TEST) up $(SOURCES_OPTIONS)

sources-down: target/built ## stop them; their data stays
	@$(SOURCES_OF_TEST) down $(SOURCES_OPTIONS)

sinks-up: target/built ## start test engines that documents can go to: Elasticsearch, SQS
	@$(SINKS_OF_TEST) up $(SINKS_OPTIONS)

sinks-down: target/built ## stop them; indexes stay, messages go
	@$(SINKS_OF_TEST) down $(SINKS_OPTIONS)

reset: target/built ## remove a local lake that is down: LAKE=<folder> CONFIRM=<the same>
	@[ -n "$(CONFIRM)" ] && [ "$(CONFIRM)" = "$(LAKE)" ] || { echo "exit 2: this removes the lake in $(LAKE); say CONFIRM=$(LAKE)" >&2; exit 2; }
	@! $(STACK) status $(LAKE_OPTIONS) >/dev/null 2>&1 || { echo "exit 2: the lake in $(LAKE) is up; make down first" >&2; exit 2; }
	@! $(SOURCES_OF_TEST) status $(SOURCES_OPTIONS) >/dev/null 2>&1 || { echo "exit 2: the sources in $(LAKE) are up; make sources-down first" >&2; exit 2; }
	@! $(SINKS_OF_TEST) status $(SINKS_OPTIONS) >/dev/null 2>&1 || { echo "exit 2: the sinks in $(LAKE) are up; make sinks-down first" >&2; exit 2; }
	@[ -f "$(LAKE)/catalog.db" ] || { echo "exit 2: $(LAKE) holds no lake" >&2; exit 2; }
	@rm -rf -- "$(LAKE)" && echo "removed $(LAKE)" >&2

ingest-edx-logs: target/built ## edX tracking logs: INPUT=<files, globs, folders, .gz> [FEED= RUNNER= FORCE=1 REPLACE=1 REASON=]
	@$(PIPELINE) org.lyceum.pipelines.IngestEdxLogsPipeline --on="$(RUNNER)" --feed="$(FEED)" --force="$(FORCE)" --replace="$(REPLACE)" --columns="$(COLUMNS_WRITTEN)" $(FLINK)

ingest-openstax: target/built ## OpenStax events, stored days: INPUT=<folder | s3://bucket/prefix> [FROM= TO= FEED= RUNNER= FORCE=1 REPLACE=1 REASON=]
	@$(PIPELINE) org.lyceum.pipelines.IngestOpenStaxPipeline --on="$(RUNNER)" --feed="$(FEED)" --force="$(FORCE)" --replace="$(REPLACE)" --from="$(FROM)" --to="$(TO)" $(FLINK)

ingest-kafka: target/built ## messages of Kafka topics: BOOTSTRAP=<host:port> [TOPICS=<names> UNTIL=latest | FROM=<day> TO=<day>] [INTERVAL= SCHEMA_REGISTRY= TOPIC_MAP= KAFKA_PROPERTIES= FEED= RUNNER= REPLACE=1 REASON=]
	@exec $(PIPELINE) org.lyceum.pipelines.IngestKafkaPipeline --on="$(RUNNER)" --feed="$(FEED)" --bootstrap="$(BOOTSTRAP)" --topics="$(TOPICS)" --until="$(UNTIL)" --from="$(FROM)" --to="$(TO)" --interval="$(INTERVAL)" --registry="$(SCHEMA_REGISTRY)" --topicMap="$(TOPIC_MAP)" --kafkaProperties="$(KAFKA_PROPERTIES)" --replace="$(REPLACE)" $(FLINK)

harvest-opencast: target/built ## Opencast user actions, from where the lake ends: [FROM= TO= INTERVAL=<minutes> OUTPUT=lake,stdout,sqs WAIT= FEED= RUNNER= FORCE=1 REPLACE=1 REASON=]
	@$(PIPELINE) org.lyceum.pipelines.HarvestOpencastPipeline --on="$(RUNNER)" --feed="$(call said,FEED)" --from="$(FROM)" --to="$(TO)" --interval="$(call said,INTERVAL)" --output="$(OUTPUT)" --wait="$(WAIT)" --force="$(FORCE)" --replace="$(REPLACE)" $(FLINK)

harvest-episodes: target/built ## Opencast episodes, of what was watched yesterday: [MPID=<ids> | FROM= TO= | SOURCE_INDEX_PATTERN=<indexes>] [TARGET_INDEX= OUTPUT=lake,stdout,sqs WAIT= FEED= RUNNER= REPLACE=1 REASON=]
	@$(PIPELINE) org.lyceum.pipelines.HarvestEpisodesPipeline --on="$(RUNNER)" --feed="$(call said,FEED)" --mpid="$(MPID)" --sourceIndexPattern="$(SOURCE_INDEX_PATTERN)" --targetIndex="$(TARGET_INDEX)" --from="$(FROM)" --to="$(TO)" --output="$(OUTPUT)" --wait="$(WAIT)" --replace="$(REPLACE)" $(FLINK)

harvest-zoom: target/built ## Zoom meetings and sessions, of yesterday and of days still open: [FROM=<day> TO=<day> OUTPUT=lake,stdout,sqs WAIT= FEED= RUNNER= FORCE=1 REPLACE=1 REASON=]
	@$(PIPELINE) org.lyceum.pipelines.HarvestZoomPipeline --on="$(RUNNER)" --feed="$(call said,FEED)" --from="$(FROM)" --to="$(TO)" --output="$(OUTPUT)" --wait="$(WAIT)" --settleHours="$(ZOOM_SETTLE_HOURS)" --force="$(FORCE)" --replace="$(REPLACE)" $(FLINK)

# A shell calls its terminal TERM, too: it counts only when it is said to make.
rollcall: target/built ## people of a term's courses, from Banner, as CSV on standard output: YEAR=<yyyy> TERM=<tt> [WAIT=]
	@$(PIPELINE) org.lyceum.pipelines.RollCall --year="$(YEAR)" --term="$(if $(filter command,$(origin TERM)),$(TERM))" --wait="$(WAIT)"

es-templates: target/built ## load the types of all indexes' fields into Elasticsearch: [ES_HOST=<host:port | URL>]
	@$(PIPELINE) org.lyceum.pipelines.LoadIndexTemplates

remove: target/built ## take a delivery out, copies elsewhere show again: SOURCE= DELIVERY= REASON= [FEED= DRY_RUN=1]
	@$(PIPELINE) org.lyceum.pipelines.RemoveDeliveryPipeline --source="$(SOURCE)" --delivery="$(DELIVERY)" --feed="$(if $(filter file,$(origin FEED)),,$(FEED))" --dryRun="$(DRY_RUN)"

maintain: target/built ## upkeep: merge small files, expire snapshots, remove orphans, check the books: [SNAPSHOT_DAYS= ORPHAN_HOURS=]
	@$(PIPELINE) org.lyceum.pipelines.MaintainLakePipeline --snapshotDays="$(or $(SNAPSHOT_DAYS),5)" --orphanHours="$(or $(ORPHAN_HOURS),24)"

views: target/built ## publish all views with their comments
	@$(SQL) org.lyceum.sql.PublishViews

sql: target/built ## one query: Q="select ..." [FORMAT=table|csv|json]
	@$(SQL) org.lyceum.sql.Query

demo: target/jdk ## build, start the lake, ingest sample logs, publish views, ask questions
	@bin/demo

test: engines ## all tests, unit and against the real engines
	@bin/with-test-lake $(MVN) verify -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.surefire=info -Dorg.slf4j.simpleLogger.log.org.apache.maven.surefire=info

bench: engines ## the benchmarks, each with its yardstick: [ONLY=<beginning of a name>]
	@bench/run

chaos: engines ## the long fault tests, with a seed that they print: [ONLY=kafka SEED=<number> RUNNER=]
	@bench/chaos

format: | target/jdk ## lay out the Java code
	@$(MVN) spotless:apply

clean: | target/jdk ## remove what the build made
	@$(MVN) clean && rm -rf target
