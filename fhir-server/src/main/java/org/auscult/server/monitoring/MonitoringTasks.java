package org.auscult.server.monitoring;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.UUID;
import org.auscult.monitoring.freshness.SilenceRule.Silence;
import org.auscult.monitoring.skew.SkewReport;
import org.auscult.server.monitoring.HeardSources.Source;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Type;

/**
 * Tells people what monitoring found, by Tasks that name no patient. The same finding opens one
 * Task: of a feature one a day, of a source one for each silence.
 */
final class MonitoringTasks {
  private final IFhirResourceDao<Task> tasks;

  MonitoringTasks(IFhirResourceDao<Task> tasks) {
    this.tasks = tasks;
  }

  /**
   * Tells that what was served cannot be made again.
   *
   * @return whether it was not told already today (UTC)
   */
  boolean tell(SkewReport.Line line, Instant now) {
    String definition = line.difference().definition();
    String kind = line.difference().kind().code();
    String id = "skew-" + hash(definition, kind, LocalDate.ofInstant(now, ZoneOffset.UTC));
    Task task =
        task(
            id,
            "skew",
            "What was served as "
                + definition
                + " cannot be made again from the record as it was then. Ask $skew, and compare"
                + " the predictions named here with $features in their epoch.",
            now);
    input(task, "definition", new StringType(definition));
    input(task, "difference", new StringType(kind));
    input(task, "vectors", new IntegerType(line.vectors()));
    line.examples().forEach(e -> input(task, "prediction", new StringType(e.toString())));
    return open(task);
  }

  /**
   * Tells that a source has fallen silent.
   *
   * @return whether this silence was not told already
   */
  boolean tell(Source source, Silence silence, Instant now) {
    String id = "silent-" + hash(source.site(), source.kind(), silence.lastHeard());
    Task task =
        task(
            id,
            "silent-source",
            "Nothing of this type has come from this site for longer than is usual. Features rest"
                + " on older evidence than their windows may say: see $freshness, and ask the"
                + " source's owner.",
            now);
    input(task, "site", new StringType(source.site().isEmpty() ? "unknown" : source.site()));
    input(task, "type", new StringType(source.kind()));
    input(task, "lastHeard", new InstantType(Date.from(silence.lastHeard())));
    input(task, "usualGapHours", new IntegerType((int) silence.usualGap().toHours()));
    return open(task);
  }

  private static Task task(String id, String alert, String description, Instant now) {
    Task task = new Task();
    task.setId(id);
    task.getMeta().addProfile(MonitoringUrls.ALERT_TASK);
    task.setStatus(TaskStatus.REQUESTED).setIntent(TaskIntent.ORDER);
    task.setPriority(TaskPriority.URGENT);
    task.setCode(new CodeableConcept(new Coding(MonitoringUrls.ALERT_SYSTEM, alert, null)));
    task.setAuthoredOn(Date.from(now));
    task.setDescription(description);
    return task;
  }

  private static void input(Task task, String name, Type value) {
    task.addInput().setValue(value).getType().setText(name);
  }

  private boolean open(Task task) {
    try {
      tasks.read(new IdType("Task", task.getIdElement().getIdPart()), new SystemRequestDetails());
      return false;
    } catch (ResourceGoneException e) {
      // Somebody deleted it: it is not told again.
      return false;
    } catch (ResourceNotFoundException e) {
      tasks.update(task, new SystemRequestDetails());
      return true;
    }
  }

  private static UUID hash(Object... parts) {
    return UUID.nameUUIDFromBytes(Arrays.toString(parts).getBytes(StandardCharsets.UTF_8));
  }
}
