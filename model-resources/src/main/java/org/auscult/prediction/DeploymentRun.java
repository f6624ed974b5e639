package org.auscult.prediction;

import java.util.List;
import java.util.Optional;
import org.auscult.display.Decision;
import org.jspecify.annotations.Nullable;

/**
 * What one deployment made of a call.
 *
 * @param deployment {@code url|version}; null for what is no hook
 * @param runs in the order of their indices
 * @param orders what its order rules said; null if it has none, or the call brought no orders
 * @param decisions one for each card that it could show
 * @param memory under which name {@link DisplayHistory} remembers them; null if nobody will ask
 */
public record DeploymentRun(
    @Nullable String deployment,
    List<ModelRun> runs,
    @Nullable OrderRun orders,
    List<Decision> decisions,
    @Nullable String memory) {
  public DeploymentRun {
    runs = List.copyOf(runs);
    decisions = List.copyOf(decisions);
  }

  /** What was run without a deployment: an operation asked for it. */
  public static DeploymentRun ofOperation(List<ModelRun> runs) {
    return new DeploymentRun(null, runs, null, List.of(), null);
  }

  /** What was not decided yet. */
  public static DeploymentRun undecided(
      String deployment, List<ModelRun> runs, @Nullable OrderRun orders) {
    return new DeploymentRun(deployment, runs, orders, List.of(), null);
  }

  /** The same, with what was decided of its cards. */
  public DeploymentRun with(List<Decision> decided) {
    return new DeploymentRun(deployment, runs, orders, decided, memory);
  }

  /** The same, to be remembered. */
  public DeploymentRun rememberedAs(String name) {
    return new DeploymentRun(deployment, runs, orders, decisions, name);
  }

  /** What was decided of a card; empty if it could never be shown. */
  public Optional<Decision> decision(int card) {
    return decisions.stream().filter(d -> d.card() == card).findFirst();
  }
}
