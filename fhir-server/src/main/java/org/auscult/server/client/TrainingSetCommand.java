package org.auscult.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.auscult.server.client.TrainingSetHttp.RefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a data set on a running server, and fetches its files. */
@Command(
    name = "training-set",
    description = {
      "Make a data set for training on a running server, wait for it, and fetch its",
      "files, each checked by its SHA-256. The server makes it whether or not anybody",
      "waits: what broke off here goes on with --id. docs/training-sets.md explains",
      "what can be asked for.",
      "Ends with 0 if all is there, 1 if the server refused or a file differs, 2 if it",
      "could not go on; --compare: 0 if the bytes are the same, 1 if not."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnExecutionException = 2)
public final class TrainingSetCommand implements Callable<Integer> {
  private static final String ID = "[0-9a-f-]{36}";
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080/fhir",
      description = "FHIR base of the server (default: ${DEFAULT-VALUE}).")
  private String server = "http://127.0.0.1:8080/fhir";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the files; what is there already is never written over.")
  private @Nullable Path out;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Start nothing: wait for this one, and fetch what is not there yet.")
  private @Nullable String id;

  @Option(names = "--cancel", paramLabel = "ID", description = "End one that is being made.")
  private @Nullable String cancel;

  @Option(
      names = "--compare",
      paramLabel = "ID",
      arity = "2",
      description = "Tell how two that are made differ.")
  private List<String> compare = List.of();

  @Option(
      names = "--purpose",
      paramLabel = "CODE",
      defaultValue = "HRESCH",
      description = "Purpose of use: HRESCH or HOPERAT (default: ${DEFAULT-VALUE}).")
  private String purpose = "HRESCH";

  @Mixin private TrainingSetOptions options = new TrainingSetOptions();

  @Mixin private Access access = new Access();

  @Override
  public Integer call() throws IOException, InterruptedException {
    String problem = problem();
    if (!problem.isEmpty()) {
      return failed(problem, 2);
    }
    try {
      return go(
          new TrainingSetHttp(
              new FhirHttp(server, access.to(server), FhirHttp.FIRST_WAIT, purpose), LONGEST_WAIT));
    } catch (Access.UnusableException | TrainingSetOptions.UnusableException e) {
      return failed(String.valueOf(e.getMessage()), 2);
    } catch (RefusedException e) {
      return failed(String.valueOf(e.getMessage()), 1);
    } catch (FhirHttp.Unavailable e) {
      return failed(
          e.getMessage() + (id == null ? "" : "; go on with --id " + id + " --out " + out), 2);
    }
  }

  private static int failed(String why, int status) {
    System.err.println("training-set: " + why);
    return status;
  }

  /** What is wrong with the options; empty if nothing is. */
  private String problem() {
    long asked =
        Stream.of(id != null, cancel != null, !compare.isEmpty(), !options.isEmpty())
            .filter(is -> is)
            .count();
    if (asked != 1) {
      return "give what the data set is to be, or one of --id, --cancel and --compare";
    }
    boolean isFetched = cancel == null && compare.isEmpty();
    if (isFetched != (out != null)) {
      return isFetched ? "give a folder for the files: --out DIR" : "--out goes with none of these";
    }
    if (Stream.concat(Stream.of(id, cancel), compare.stream())
        .anyMatch(given -> given != null && !given.matches(ID))) {
      return "an id has 36 digits, letters from a to f, and hyphens";
    }
    if (!server.matches("https?://[^\\s]+")) {
      return "--server is an http or https URL";
    }
    return purpose.matches("[A-Z]{3,20}") ? "" : "--purpose is a code such as HRESCH";
  }

  private int go(TrainingSetHttp http)
      throws IOException,
          InterruptedException,
          RefusedException,
          TrainingSetOptions.UnusableException {
    if (cancel != null) {
      http.cancel(cancel);
      System.out.println("Cancelled: " + cancel);
      return 0;
    }
    if (!compare.isEmpty()) {
      return tell(http.compare(compare.get(0), compare.get(1)));
    }
    if (id == null) {
      id = http.start(options.parameters());
      System.err.println("training-set: started as " + id);
    }
    http.await(id, progress -> System.err.println("training-set: " + progress));
    TrainingSetFolder.Fetched fetched =
        new TrainingSetFolder(Objects.requireNonNull(out), http).fetch(id);
    System.out.printf(
        "%,d files, %,d rows, %,d bytes in %s; content SHA-256 %s%n",
        fetched.files(), fetched.rows(), fetched.size(), out, fetched.contentSha256());
    return 0;
  }

  private static int tell(JsonNode comparison) {
    boolean isSame = false;
    for (JsonNode parameter : comparison.path("parameter")) {
      switch (parameter.path("name").asText()) {
        case "sameBytes" -> {
          isSame = parameter.path("valueBoolean").asBoolean();
          System.out.println(isSame ? "The bytes are the same." : "The bytes differ.");
        }
        case "inBoth" ->
            System.out.printf("In both: %,d patients%n", parameter.path("valueDecimal").asLong());
        case "movedToAnotherPart" ->
            System.out.printf(
                "In another part: %,d patients%n", parameter.path("valueDecimal").asLong());
        case "difference" -> tellDifference(parameter);
        default -> {
          // A newer server may say more.
        }
      }
    }
    return isSame ? 0 : 1;
  }

  private static void tellDifference(JsonNode difference) {
    String what = "";
    String left = "-";
    String right = "-";
    for (JsonNode part : difference.path("part")) {
      String text = part.path("valueString").asText();
      switch (part.path("name").asText()) {
        case "what" -> what = text;
        case "left" -> left = text;
        case "right" -> right = text;
        default -> {
          // A newer server may say more.
        }
      }
    }
    System.out.printf("%s: %s | %s%n", what, left, right);
  }
}
