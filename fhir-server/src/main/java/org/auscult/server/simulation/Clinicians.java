package org.auscult.server.simulation;

import java.util.List;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.OverrideReason;
import org.auscult.monitoring.use.Reply;
import org.jspecify.annotations.Nullable;

/**
 * What clinicians do with cards. They see the patient: their own judgement of the risk lies around
 * the true one. Who judges it lower than the card warns from overrides the card. So overrides
 * become more frequent when cards are wrong, and nobody had to say so. What they do changes no
 * outcome.
 */
final class Clinicians {
  private static final double ANSWERS = 0.8;
  private static final double SPREAD = 0.8;
  private static final String REASON = "not-applicable";

  private final Deployment deployment;
  private final double limit;

  /**
   * @param limit risk from which cards are shown
   */
  Clinicians(Deployment deployment, double limit) {
    this.deployment = deployment;
    this.limit = Math.log(limit / (1 - limit));
  }

  /** What becomes of a card that is shown. */
  Reply reply(HospitalStay stay, double trueLogit) {
    if (stay.answer() >= ANSWERS) {
      return Reply.NONE;
    }
    return trueLogit + SPREAD * stay.judgement() < limit ? Reply.OVERRIDDEN : Reply.ACCEPTED;
  }

  /** Why it was overridden; null if it was not. */
  @Nullable String reason(Reply reply) {
    List<OverrideReason> reasons = deployment.overrideReasons();
    return reply == Reply.OVERRIDDEN
        ? reasons.stream()
            .filter(reason -> reason.code().equals(REASON))
            .findFirst()
            .map(reason -> reason.system() + "|" + reason.code())
            .orElseThrow()
        : null;
  }
}
