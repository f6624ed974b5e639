package org.auscult.server.serve;

import java.util.concurrent.Callable;
import org.auscult.server.config.AuscultSettings.Starter;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the server until it is stopped. */
@Command(
    name = "serve",
    description = "Run the server until it is stopped (Ctrl-C or SIGTERM: it ends its work first).",
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
  @Mixin private ServerOptions options = new ServerOptions();

  @Option(
      names = "--starter",
      description = {
        "Register the starter pack at start: feature definitions, and models and deployments as",
        "drafts. Nothing is shown before a deployment goes live, by its operation."
      })
  private boolean starter;

  @Override
  public Integer call() throws InterruptedException {
    ConfigurableApplicationContext server = options.start(starter ? Starter.DRAFT : Starter.NONE);
    System.out.println("Auscult is ready at " + ServerOptions.rootUrl(server) + "/fhir");
    Thread.currentThread().join();
    return 0;
  }
}
