package org.auscult.server.audit;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.auscult.audit.AuditKind;
import org.auscult.audit.fhir.Touched;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;

/**
 * Sends a report: as Parameters, or as a file. Who takes a file takes data out of the record, and
 * the log says so.
 */
final class ReportAnswer {
  private final RequestDetails request;
  private final HttpServletResponse response;

  ReportAnswer(RequestDetails request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
  }

  /** One page. */
  void parameters(Parameters report) throws IOException {
    RestfulServerUtils.streamResponseAsResource(
        (RestfulServer) request.getServer(),
        report,
        Set.of(),
        HttpServletResponse.SC_OK,
        false,
        request.isRespondGzip(),
        request);
  }

  /** Takes the lines of a table. */
  interface Rows {
    void row(List<String> cells);
  }

  /**
   * A table.
   *
   * @param fill is given where rows go; what it throws before the first is an answer of its own
   */
  void csv(String name, List<String> columns, Consumer<Rows> fill) throws IOException {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
      printer.printRecord(columns);
      fill.accept(cells -> print(printer, cells));
    }
    send(name + ".csv", ReportPage.Form.CSV, text);
  }

  private static void print(CSVPrinter printer, List<String> cells) {
    try {
      printer.printRecord(cells.stream().map(ReportAnswer::plain).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A spreadsheet takes a cell that begins so for a formula. */
  private static String plain(String cell) {
    return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }

  /** Resources, each in its line. */
  void ndjson(String name, Consumer<Consumer<Resource>> fill) throws IOException {
    FhirContext fhir = request.getFhirContext();
    IParser parser = fhir.newJsonParser().setPrettyPrint(false);
    StringBuilder text = new StringBuilder();
    fill.accept(resource -> text.append(parser.encodeResourceToString(resource)).append('\n'));
    send(name + ".ndjson", ReportPage.Form.NDJSON, text);
  }

  private void send(String file, ReportPage.Form form, CharSequence text) throws IOException {
    HttpServletRequest asked = CurrentRequest.get();
    if (asked != null && asked.getAttribute(Touched.ATTRIBUTE) instanceof Touched touched) {
      touched.as(AuditKind.EXPORT);
      touched.detail("form", form.mediaType());
    }
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(form.mediaType() + ";charset=UTF-8");
    response.setHeader("Content-Disposition", "attachment; filename=\"" + file + "\"");
    Writer out = response.getWriter();
    out.append(text);
    out.flush();
  }
}
