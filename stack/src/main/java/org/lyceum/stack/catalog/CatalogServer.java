package org.lyceum.stack.catalog;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port and a lake's folder in; the {@link LocalCatalog} of that folder on HTTP, on loopback only,
 * until the process ends. It is ready when {@code GET /v1/config} answers 200.
 */
public final class CatalogServer {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogServer.class);

  private CatalogServer() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    LocalCatalog catalog = LocalCatalog.open(folder);
    ServletContextHandler handler = new ServletContextHandler();
    handler.addServlet(new ServletHolder(new RESTCatalogServlet(catalog)), "/*");
    Server server =
        new Server(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])));
    server.setHandler(handler);
    try {
      server.start();
    } catch (Exception e) {
      LOG.error("The catalog cannot start", e);
      catalog.close();
      server.stop();
      throw e;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, catalog), "stop"));
    LOG.info("The catalog of {} listens on {}", folder, server.getURI());
    server.join();
  }

  private static void stop(Server server, LocalCatalog catalog) {
    try {
      server.stop();
      catalog.close();
      LOG.info("The catalog has stopped");
    } catch (Exception e) {
      LOG.warn("The catalog did not stop in order", e);
    }
  }
}
