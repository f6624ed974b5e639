package org.auscult.monitoring.page;

import java.util.ArrayList;
import java.util.List;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.monitoring.plot.Markup;

/** What is wrong, what was done about it, and what else happened. */
final class IssueSection {
  private IssueSection() {}

  static void write(Markup page, ModelPage model) {
    ReportSubject subject = model.subject();
    page.element("h2", "What is wrong").line();
    List<PageIssue> open = model.open();
    if (open.isEmpty()) {
      page.open("div", "class", "box fine");
      page.element("p", "No issue of monitoring about this model is open.").close().line();
    }
    open.forEach(issue -> issue(page, issue, subject));
    List<PageIssue> over = model.issues().stream().filter(issue -> !issue.isOpen()).toList();
    if (!over.isEmpty()) {
      page.element("h3", "What was wrong in the window, and is over").line();
      over.forEach(issue -> issue(page, issue, subject));
    }
    events(page, model);
  }

  private static void issue(Markup page, PageIssue issue, ReportSubject subject) {
    page.open("div", "class", issue.isOpen() ? "box " + kind(issue.severity()) : "box");
    page.open("p").element("strong", issue.severity().code() + ": " + issue.title());
    page.text(" " + standing(issue, subject)).close();
    page.open("ul");
    issue.said().forEach(said -> page.element("li", said));
    done(issue, subject).forEach(done -> page.element("li", done));
    page.close();
    page.element("p", issue.reference(), "class", "soft").close().line();
  }

  static String kind(FindingSeverity severity) {
    return switch (severity) {
      case CRITICAL -> "critical";
      case WARNING -> "warning";
      case INFO -> "info";
    };
  }

  /** Since when and until when. */
  static String standing(PageIssue issue, ReportSubject subject) {
    String since = "since " + subject.day(issue.since());
    String episode = issue.episode() == 1 ? "" : ", for the " + ordinal(issue.episode()) + " time";
    return issue.until() == null
        ? "open " + since + episode
        : "open " + since + " until " + subject.day(issue.until()) + episode;
  }

  private static String ordinal(int number) {
    boolean isTeen = number % 100 >= 11 && number % 100 <= 13;
    return number
        + switch (isTeen ? 0 : number % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
  }

  /** What was done about it, a sentence for each. */
  static List<String> done(PageIssue issue, ReportSubject subject) {
    List<String> done = new ArrayList<>();
    for (PageIssue.Suspension suspension : issue.suspensions()) {
      done.add(
          suspension.deployment()
              + " was suspended on "
              + subject.time(suspension.at())
              + (suspension.isLiveNow() ? "; somebody let it go live again." : "."));
    }
    PageIssue.Answer answer = issue.answer();
    if (answer != null) {
      String reason = answer.reason().isEmpty() ? "" : ": " + answer.reason();
      done.add(
          answer.silentUntil() != null
              ? "Silenced until " + subject.time(answer.silentUntil()) + reason
              : "Its Task is " + answer.status() + reason);
    } else if (issue.isOpen()) {
      done.add("Nobody has answered yet.");
    }
    return done;
  }

  private static void events(Markup page, ModelPage model) {
    page.element("h3", "What else happened").line();
    if (model.events().isEmpty()) {
      page.element("p", "No event is written down for these windows.").line();
      return;
    }
    page.element(
        "p", "The numbers stand at the dotted lines in the series below.", "class", "soft");
    page.open("ol");
    for (PageEvent event : model.events()) {
      String until =
          event.until() == null ? " on" : " until before " + model.subject().time(event.until());
      page.element(
          "li",
          event.title()
              + " ("
              + Wording.name(event.kind())
              + "), from "
              + model.subject().time(event.from())
              + until);
    }
    page.close().line();
  }
}
