package org.auscult.server.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.auscult.cds.caller.CallerAccess;
import org.auscult.cds.caller.CallerRecord;
import org.auscult.cds.client.CallerVerdict;
import org.auscult.cds.client.CallerVerifier;
import org.auscult.cds.fhir.Fetched;
import org.auscult.cds.fhir.Wanted;
import org.auscult.model.Scorer;
import org.auscult.prediction.Answer;
import org.auscult.prediction.Call;
import org.auscult.prediction.DisplayHistory;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.PredictionJournal;
import org.auscult.prediction.Subject;
import org.auscult.timeline.TimelineReader;
import org.jspecify.annotations.Nullable;

/**
 * The ports of a hook call with a span around what they do: {@code caller.verify}, {@code
 * timeline.read}, {@code caller.fetch}, {@code model.score}, {@code display.history} and {@code
 * journal.store}. Without a collector each is left as it is.
 */
public final class CallTraces {
  /** Without spans. */
  public static final CallTraces NONE = new CallTraces(null);

  private static final AttributeKey<String> VERDICT = AttributeKey.stringKey("auscult.verdict");
  private static final AttributeKey<Long> KEYS = AttributeKey.longKey("auscult.keys");
  private static final AttributeKey<String> MODEL = AttributeKey.stringKey("auscult.model");
  private static final AttributeKey<Long> ROWS = AttributeKey.longKey("auscult.rows");
  private static final AttributeKey<Boolean> RETRY = AttributeKey.booleanKey("auscult.retry");

  private final @Nullable Spans spans;

  private CallTraces(@Nullable Spans spans) {
    this.spans = spans;
  }

  static CallTraces of(OpenTelemetry telemetry) {
    return new CallTraces(new Spans(telemetry.getTracer("org.auscult")));
  }

  /** Whether a token proves its caller; says with what verdict. */
  public CallerVerifier verifier(CallerVerifier verifier) {
    if (spans == null) {
      return verifier;
    }
    Spans around = spans;
    return call ->
        around.step(
            "caller.verify",
            Attributes.empty(),
            span -> {
              CallerVerdict verdict = verifier.verify(call);
              span.setAttribute(
                  VERDICT, verdict instanceof CallerVerdict.Refused ? "refused" : "admitted");
              return verdict;
            });
  }

  /** What is read of the record. */
  public TimelineReader timeline(TimelineReader reader) {
    if (spans == null) {
      return reader;
    }
    Spans around = spans;
    return query -> around.step("timeline.read", Attributes.empty(), span -> reader.read(query));
  }

  /** What is fetched from the caller; says how many keys. */
  public CallerRecord callers(CallerRecord record) {
    if (spans == null) {
      return record;
    }
    Spans around = spans;
    return new CallerRecord() {
      @Override
      public boolean mayRead(String fhirServer) {
        return record.mayRead(fhirServer);
      }

      @Override
      public Map<String, Fetched> read(CallerAccess access, List<Wanted> wanted) {
        return around.step(
            "caller.fetch",
            Attributes.of(KEYS, (long) wanted.size()),
            span -> record.read(access, wanted));
      }
    };
  }

  /** A model's run; says which model, and of how many rows, those of its explanation too. */
  public Scorer scorer(String model, Scorer scorer) {
    if (spans == null) {
      return scorer;
    }
    Spans around = spans;
    return new Scorer() {
      @Override
      public Scores score(double[][] rows) {
        return around.step(
            "model.score",
            Attributes.of(MODEL, model, ROWS, (long) rows.length),
            span -> scorer.score(rows));
      }

      @Override
      public void close() {
        scorer.close();
      }
    };
  }

  /** What was shown before. */
  public DisplayHistory history(DisplayHistory history) {
    if (spans == null) {
      return history;
    }
    Spans around = spans;
    return (deployment, rules, call, subject, now) ->
        around.step(
            "display.history",
            Attributes.empty(),
            span -> history.past(deployment, rules, call, subject, now));
  }

  /** The commit before anything is shown; says whether the call had been answered before. */
  public PredictionJournal journal(PredictionJournal journal) {
    return spans == null ? journal : new TracedJournal(journal, spans);
  }

  /** What runs there belongs to the span of who hands it over. */
  public Executor threads(Executor threads) {
    return spans == null ? threads : Context.taskWrapping(threads);
  }

  private record TracedJournal(PredictionJournal journal, Spans around)
      implements PredictionJournal {
    @Override
    public JournalEntry store(JournalEntry entry) {
      return around.step(
          "journal.store",
          Attributes.empty(),
          span -> {
            JournalEntry stored = journal.store(entry);
            span.setAttribute(RETRY, !stored.id().equals(entry.id()));
            return stored;
          });
    }

    @Override
    public Optional<JournalEntry> find(UUID id) {
      return journal.find(id);
    }

    @Override
    public Optional<JournalEntry> find(Call call, Subject subject) {
      return journal.find(call, subject);
    }

    @Override
    public Optional<Answer> store(Answer answer) {
      return journal.store(answer);
    }

    @Override
    public List<Answer> answers(UUID journal) {
      return this.journal.answers(journal);
    }
  }
}
