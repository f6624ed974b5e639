package org.auscult.cds.hook;

import static java.util.stream.Collectors.joining;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.auscult.cds.Card;
import org.auscult.cds.CdsCoding;
import org.auscult.cds.Indicator;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.FailureDisplay;
import org.auscult.deployment.Hook;
import org.auscult.deployment.ModelCard;
import org.auscult.deployment.ModelCard.Place;
import org.auscult.deployment.OrderCard;
import org.auscult.deployment.OutputText;
import org.auscult.deployment.Thresholds;
import org.auscult.deployment.Topic;
import org.auscult.display.Candidate;
import org.auscult.display.Markdown;
import org.auscult.display.Urgency;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureVector;
import org.auscult.model.ModelCatalog;
import org.auscult.model.ModelInput;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.prediction.CardId;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result.NotAssessed;
import org.auscult.prediction.ModelRun.Result.Predicted;
import org.auscult.prediction.ObservationSet;
import org.auscult.prediction.OrderRun;
import org.auscult.prediction.Reason;
import org.auscult.prediction.ReasonCode;
import org.auscult.prediction.Score;
import org.jspecify.annotations.Nullable;

/**
 * Writes the cards of one deployment's run: a pure function of the journal entry, the deployment
 * and the models' texts, which never change for a version. So a retry shows the same cards.
 *
 * <p>A number gives a card, missing or invalid data what the deployment says (safety rule 19), and
 * a patient whom the model is not made for none (safety rule 10). Whether a card is shown is
 * decided elsewhere.
 */
final class CardWriter {
  private final ModelCatalog models;
  private final ZoneId zone;
  private final OrderCardWriter orderCards;

  CardWriter(ModelCatalog models, ZoneId zone) {
    this.models = models;
    this.zone = zone;
    this.orderCards = new OrderCardWriter(zone);
  }

  List<WrittenCard> cards(JournalEntry entry, DeploymentRun run, Deployment deployment) {
    String context = context(run, deployment);
    List<WrittenCard> cards = new ArrayList<>();
    for (ModelCard texts : deployment.models()) {
      if (texts.place() == Place.CARD) {
        last(run, texts)
            .flatMap(last -> card(new Frame(entry, run, deployment, context), last, texts))
            .ifPresent(cards::add);
      }
    }
    OrderRun orders = run.orders();
    OrderCard texts = deployment.orders();
    if (orders != null && texts != null) {
      cards.addAll(orderCards.cards(entry, orders, deployment, texts, context));
    }
    return cards;
  }

  /** What a card's model said in the end: the fallback after it, if it had to. */
  private static Optional<ModelRun> last(DeploymentRun run, ModelCard texts) {
    return run.runs().stream()
        .filter(r -> texts.speaksFor(r.model()))
        .reduce((earlier, later) -> later);
  }

  /** What the cards of one deployment have in common. */
  private record Frame(
      JournalEntry entry, DeploymentRun run, Deployment deployment, String context) {}

  private Optional<WrittenCard> card(Frame frame, ModelRun run, ModelCard texts) {
    if (run.result() instanceof Predicted predicted) {
      return Optional.of(predicted(page(frame, run, texts), predicted));
    } else if (run.result() instanceof NotAssessed notAssessed
        && frame.deployment().onFailure() == FailureDisplay.NOT_ASSESSED) {
      return Optional.of(notAssessed(page(frame, run, texts), notAssessed));
    }
    return Optional.empty();
  }

  private Page page(Frame frame, ModelRun run, ModelCard texts) {
    Optional<PredictionModel> model = models.find(run.model()).map(RegisteredModel::model);
    if (model.isEmpty() && !run.hasFailed()) {
      throw new IllegalStateException("Model " + run.model() + " is gone");
    }
    return new Page(frame, run, texts, model.orElse(null));
  }

  /**
   * What every card is made of.
   *
   * @param modelOrNull null for a run that failed because there is no such model
   */
  private record Page(
      Frame frame, ModelRun run, ModelCard texts, @Nullable PredictionModel modelOrNull) {
    PredictionModel model() {
      return Objects.requireNonNull(modelOrNull);
    }

    JournalEntry entry() {
      return frame.entry();
    }

    int number() {
      return run.index() + 1;
    }

    Card card(String summary, String detail, Indicator indicator, Map<String, Object> explanation) {
      return new Card(
          CardId.of(entry().id(), number()),
          shortened(summary),
          detail,
          indicator,
          new Card.Source(texts.label(), texts.sourceUrl(), topic(frame.deployment())),
          List.of(),
          null,
          reasons(frame.deployment()),
          List.of(),
          Map.of(ExplanationExtension.NAME, explanation));
    }

    /** The model, whichever version of it speaks. */
    String subject() {
      return texts.model().substring(0, texts.model().indexOf('|'));
    }
  }

  /** What models say that have no card of their own, a line for each; may be empty. */
  private String context(DeploymentRun run, Deployment deployment) {
    StringBuilder context = new StringBuilder();
    for (ModelCard texts : deployment.models()) {
      if (texts.place() == Place.CONTEXT) {
        last(run, texts)
            .flatMap(last -> context(last, texts))
            .ifPresent(line -> context.append("\nContext: ").append(line).append("\n"));
      }
    }
    return context.toString();
  }

  private Optional<String> context(ModelRun run, ModelCard texts) {
    if (run.result() instanceof Predicted predicted) {
      PredictionModel model = models.find(run.model()).orElseThrow().model();
      String numbers =
          texts.outputs().stream()
              .map(o -> o.title() + " " + shown(model, predicted, o).text())
              .collect(joining("; "));
      return Optional.of(numbers + " (" + texts.label() + "). " + texts.meaning());
    }
    return run.result() instanceof NotAssessed
        ? Optional.of(texts.label() + " was not assessed.")
        : Optional.empty();
  }

  private WrittenCard predicted(Page page, Predicted predicted) {
    OutputText headline = page.texts().headline();
    ShownNumber number = shown(page.model(), predicted, headline);
    Thresholds thresholds = headline.thresholds();
    String summary = headline.title() + " " + number.text() + by(page.texts());
    Urgency urgency = thresholds == null ? Urgency.INFO : thresholds.urgency(number.value());
    return new WrittenCard(
        () ->
            page.card(
                summary,
                detail(page, predicted, headline, number),
                indicator(urgency),
                ExplanationExtension.of(page.entry(), page.run(), page.model(), predicted)),
        new Candidate(
            page.number(),
            page.subject(),
            WrittenCard.says(summary, ObservationSet.of(page.model(), predicted)),
            urgency,
            number.value(),
            Hook.of(page.entry().call().hook()).map(headline::showFrom).orElse(null)));
  }

  private String detail(Page page, Predicted predicted, OutputText headline, ShownNumber number) {
    StringBuilder detail = new StringBuilder();
    detail
        .append("**")
        .append(headline.title())
        .append(": ")
        .append(number.text())
        .append("**\n\n");
    number
        .outOfHundred()
        .ifPresent(n -> detail.append("That is about ").append(n).append(" of 100 people. "));
    detail.append(page.texts().meaning()).append("\n");
    ObservationSet.of(page.model(), predicted)
        .ifPresent(set -> detail.append("\nObservation set of ").append(time(set)).append(".\n"));
    others(page, predicted).ifPresent(text -> detail.append("\nAlso: ").append(text).append(".\n"));
    detail.append(new ContributionTable(page.model(), zone).markdown(predicted, headline.output()));
    missing(page, predicted).ifPresent(text -> detail.append("\nNot available: ").append(text));
    detail.append(page.frame().context()).append(footer(page));
    return detail.toString();
  }

  static Indicator indicator(Urgency urgency) {
    return switch (urgency) {
      case INFO -> Indicator.INFO;
      case WARNING -> Indicator.WARNING;
      case CRITICAL -> Indicator.CRITICAL;
    };
  }

  static @Nullable CdsCoding topic(Deployment deployment) {
    Topic topic = deployment.topic();
    return topic == null ? null : new CdsCoding(topic.system(), topic.code(), topic.display());
  }

  static List<CdsCoding> reasons(Deployment deployment) {
    return deployment.overrideReasons().stream()
        .map(r -> new CdsCoding(r.system(), r.code(), r.display()))
        .toList();
  }

  private String time(ObservationSet set) {
    String first = LocalTime.exact(set.first(), zone);
    return set.first().equals(set.last())
        ? first
        : first + " to " + LocalTime.exact(set.last(), zone);
  }

  private static ShownNumber shown(PredictionModel model, Predicted predicted, OutputText output) {
    Score score =
        predicted.scores().stream()
            .filter(s -> s.output().equals(output.output()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        model.canonical() + " has no output " + output.output()));
    return ShownNumber.of(model, score, predicted.values());
  }

  private static Optional<String> others(Page page, Predicted predicted) {
    List<OutputText> rest = page.texts().outputs().subList(1, page.texts().outputs().size());
    return rest.isEmpty()
        ? Optional.empty()
        : Optional.of(
            rest.stream()
                .map(o -> o.title() + " " + shown(page.model(), predicted, o).text())
                .collect(joining("; ")));
  }

  /** What the features lacked although there is a number, and what stood in. */
  private Optional<String> missing(Page page, Predicted predicted) {
    List<String> lines = new ArrayList<>();
    for (FeatureVector.Entry entry : page.run().vector().entries()) {
      if (entry.value() instanceof FeatureValue.Missing missing) {
        String title = Markdown.escaped(entry.title());
        lines.add(
            title
                + " ("
                + Markdown.escaped(missing.detail())
                + ")"
                + standIn(page, predicted, entry));
      } else if (entry.value() instanceof FeatureValue.Present present
          && present.origin() == FeatureValue.Origin.DEFAULT) {
        lines.add(
            Markdown.escaped(entry.title())
                + " (assumed: "
                + Markdown.escaped(String.valueOf(present.text()))
                + ")");
      }
    }
    return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", lines) + ".\n");
  }

  private String standIn(Page page, Predicted predicted, FeatureVector.Entry entry) {
    List<String> inputs =
        page.model().inputs().stream()
            .filter(i -> i.feature().equals(entry.name()))
            .map(ModelInput::name)
            .toList();
    return predicted.inputs().stream()
        .filter(v -> inputs.contains(v.input()) && v.fromModel() != null)
        .map(v -> ", calculated instead by " + modelTitle(String.valueOf(v.fromModel())))
        .findFirst()
        .orElse("");
  }

  private String modelTitle(String canonical) {
    return Markdown.escaped(models.find(canonical).map(m -> m.model().title()).orElse(canonical));
  }

  private WrittenCard notAssessed(Page page, NotAssessed result) {
    List<String> names = result.reasons().stream().map(r -> title(page, r)).distinct().toList();
    String opening = page.texts().headline().title() + " not assessed: ";
    String closing = by(page.texts());
    StringBuilder detail = new StringBuilder();
    detail
        .append("**")
        .append(page.texts().headline().title())
        .append(" was not assessed.** This does not mean that the risk is low.\n\n")
        .append("What is missing or cannot be used:\n\n");
    for (Reason reason : result.reasons()) {
      detail.append("- ").append(Markdown.escaped(reason.text())).append("\n");
    }
    detail.append(page.frame().context()).append(footer(page));
    String summary =
        opening
            + listed(names, Card.SUMMARY_LIMIT - 1 - opening.length() - closing.length())
            + closing;
    Card card =
        page.card(
            summary,
            detail.toString(),
            Indicator.INFO,
            ExplanationExtension.of(page.entry(), page.run(), result));
    return new WrittenCard(
        () -> card,
        new Candidate(
            page.number(),
            page.subject(),
            WrittenCard.says(result.reasons()),
            Urgency.INFO,
            null,
            null));
  }

  private static String title(Page page, Reason reason) {
    if (ReasonCode.isFailure(reason.code())) {
      return "the model gave no answer";
    }
    return page.model()
        .input(reason.input())
        .map(ModelInput::title)
        .or(() -> page.run().vector().entry(reason.input()).map(FeatureVector.Entry::title))
        .orElse(reason.input());
  }

  /** As many names as fit, and how many more there are. */
  private static String listed(List<String> names, int space) {
    for (int shown = names.size(); shown > 0; shown--) {
      String text = String.join(", ", names.subList(0, shown));
      if (shown < names.size()) {
        text += " and " + (names.size() - shown) + " more";
      }
      if (text.length() <= space) {
        return text;
      }
    }
    return names.size() + " values";
  }

  private String footer(Page page) {
    JournalEntry entry = page.entry();
    StringBuilder footer = new StringBuilder("\n");
    if (entry.findings() > 0) {
      footer
          .append(entry.findings())
          .append(
              " of the resources or answers sent with this call could not be read and were not used.\n\n");
    }
    PredictionModel model = page.modelOrNull();
    footer
        .append("Made ")
        .append(LocalTime.text(entry.indexTime(), zone))
        .append(" by ")
        .append(Markdown.escaped(model == null ? page.texts().label() : model.title()))
        .append(", version ")
        .append(Markdown.escaped(version(page.run().model())));
    if (page.run().model().equals(page.texts().fallback())) {
      footer
          .append(", which stands in for ")
          .append(Markdown.escaped(page.texts().label()))
          .append(", version ")
          .append(Markdown.escaped(version(page.texts().model())))
          .append(": that gave no answer");
    }
    return footer
        .append(". Prediction ")
        .append(ExplanationExtension.predictionId(entry, page.run()))
        .append(".\n")
        .toString();
  }

  /** Whose number it is, unless the headline says so already. */
  private static String by(ModelCard texts) {
    return texts.headline().title().equals(texts.label()) ? "" : " (" + texts.label() + ")";
  }

  private static String version(String canonical) {
    return canonical.substring(canonical.indexOf('|') + 1);
  }

  static String shortened(String summary) {
    int length = summary.codePointCount(0, summary.length());
    return length < Card.SUMMARY_LIMIT
        ? summary
        : summary.substring(0, summary.offsetByCodePoints(0, Card.SUMMARY_LIMIT - 2)) + "…";
  }
}
