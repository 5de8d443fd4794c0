package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.iceberg.rest.RESTCatalog;

/**
 * The folder of a table in; what a killed or refused commit left there is removed: files that are
 * old enough, and that no snapshot and no metadata of the table refers to.
 */
public final class RemoveOrphans {
  private RemoveOrphans() {}

  /**
   * Removes the orphans of a table; returns how many there were, or -1 when its storage cannot list
   * a folder.
   *
   * @param oldest files that were modified later may belong to a commit under way, and stay
   */
  public static int of(RESTCatalog catalog, TableIdentifier id, Instant oldest) {
    Table listed = catalog.loadTable(id);
    if (!(listed.io() instanceof SupportsPrefixOperations io)) {
      return -1;
    }
    List<String> old = new ArrayList<>();
    String folder = listed.location().replaceFirst("/*$", "/"); // not that of a name that begins so
    for (FileInfo file : io.listPrefix(folder)) {
      if (file.createdAtMillis() < oldest.toEpochMilli()) {
        old.add(file.location());
      }
    }
    // loaded after listing: what a commit made of a listed file in between is seen
    Set<String> known = known(catalog.loadTable(id));
    old.removeIf(location -> known.contains(path(location)));
    old.forEach(io::deleteFile);
    return old.size();
  }

  private static Set<String> known(Table table) {
    Set<String> known = new HashSet<>();
    TableMetadata metadata = ((HasTableOperations) table).operations().current();
    if (metadata.metadataFileLocation() != null) {
      known.add(path(metadata.metadataFileLocation()));
    }
    metadata.previousFiles().forEach(entry -> known.add(path(entry.file())));
    ReachableFileUtil.statisticsFilesLocations(table).forEach(file -> known.add(path(file)));
    Set<String> read = new HashSet<>();
    for (Snapshot snapshot : table.snapshots()) {
      if (snapshot.manifestListLocation() != null) {
        known.add(path(snapshot.manifestListLocation()));
      }
      for (ManifestFile manifest : snapshot.allManifests(table.io())) {
        if (read.add(manifest.path())) {
          known.add(path(manifest.path()));
          addFiles(table, manifest, known);
        }
      }
    }
    return known;
  }

  private static void addFiles(Table table, ManifestFile manifest, Set<String> known) {
    switch (manifest.content()) {
      case DATA -> {
        try (CloseableIterable<DataFile> files =
            ManifestFiles.read(manifest, table.io(), table.specs())) {
          files.forEach(file -> known.add(path(file.location())));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      case DELETES -> {
        try (CloseableIterable<DeleteFile> files =
            ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
          files.forEach(file -> known.add(path(file.location())));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** One name for one file: storages list it with another scheme than it was written with. */
  static String path(String location) {
    return location.replaceFirst("^file:/+", "/").replaceFirst("^s3[an]://", "s3://");
  }
}
