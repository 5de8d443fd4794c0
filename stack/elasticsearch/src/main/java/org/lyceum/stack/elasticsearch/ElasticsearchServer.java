package org.lyceum.stack.elasticsearch;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.codelibs.elasticsearch.runner.ElasticsearchClusterRunner;

/**
 * A folder, a port for HTTP and one for its own transport in; the node, in this process, until it
 * is told to end.
 */
public final class ElasticsearchServer {
  private ElasticsearchServer() {}

  public static void main(String[] args) throws InterruptedException {
    ElasticsearchClusterRunner runner = new ElasticsearchClusterRunner();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(runner), "close"));
    runner
        .onBuild(
            (number, settings) -> {
              settings.put("http.port", args[1]);
              settings.put("transport.port", args[2]);
              settings.put("network.host", "127.0.0.1");
              settings.put("discovery.type", "single-node");
              // It must take documents on a disk that is nearly full, too.
              settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
              // Garbage that is not collected yet counts there, and a small heap refuses documents.
              settings.put("indices.breaker.total.use_real_memory", false);
            })
        .build(
            ElasticsearchClusterRunner.newConfigs()
                .basePath(args[0])
                .clusterName("lyceum-test")
                .numOfNode(1)
                .disableESLogger()
                .useLogger());
    new CountDownLatch(1).await(); // its own threads are daemons
  }

  private static void close(ElasticsearchClusterRunner runner) {
    try {
      runner.close();
    } catch (IOException e) {
      System.err.println("The node did not close: " + e.getMessage());
    }
  }
}
