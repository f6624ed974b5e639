package org.auscult.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import javax.xml.parsers.DocumentBuilderFactory;
import org.auscult.monitoring.alert.ReportedFigure;
import org.auscult.monitoring.plot.Digits;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PagesTest {
  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "org", "auscult", "monitoring", "page");

  private static List<String> both(ModelPage page) {
    return List.of(ReportPage.of(page), SummaryPage.of(page));
  }

  private static Document parsed(String page) throws Exception {
    String xml = page.replaceFirst("<!DOCTYPE html>\n", "");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  /** With {@code -Dauscult.write-page} it writes the pages instead. */
  @Test
  void isTheSameLetterForLetterAsItEverWas() throws IOException {
    ModelPage page = new MadeUp().page();
    List<String> names = List.of("report.html", "summary.html");
    for (int i = 0; i < names.size(); i++) {
      Path golden = GOLDEN.resolve(names.get(i));
      if (System.getProperty("auscult.write-page") != null) {
        Files.writeString(golden, both(page).get(i));
      }
      assertThat(both(page).get(i)).isEqualTo(Files.readString(golden));
    }
  }

  @Test
  void neitherOrderOfRowsNorLocaleNorZoneOfTheMachineMatters() {
    List<String> expected = both(new MadeUp().page());
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(new Locale("ar", "EG"));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Apia"));
      for (long seed = 0; seed < 5; seed++) {
        assertThat(both(new MadeUp().shuffled(seed).page())).isEqualTo(expected);
      }
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void isWellFormedWithoutScriptAndFetchesNothing() throws Exception {
    for (String page : both(new MadeUp().page())) {
      Document document = parsed(page);
      assertThat(document.getElementsByTagName("script").getLength()).isZero();
      NodeList all = document.getElementsByTagName("*");
      for (int i = 0; i < all.getLength(); i++) {
        Element element = (Element) all.item(i);
        for (String attribute : List.of("src", "href", "xlink:href", "style", "srcset")) {
          assertThat(element.hasAttribute(attribute)).as(attribute).isFalse();
        }
        for (int a = 0; a < element.getAttributes().getLength(); a++) {
          assertThat(element.getAttributes().item(a).getNodeName()).doesNotStartWith("on");
        }
      }
      assertThat(page).doesNotContain("@import").doesNotContain("http-equiv");
      assertThat(page.replaceAll("url\\(#[a-z-]+\\)", "")).doesNotContain("url(");
    }
  }

  @Test
  void everyDrawingSaysWhatItIsAndEveryTableHasACaption() throws Exception {
    for (String page : both(new MadeUp().page())) {
      Document document = parsed(page);
      NodeList drawings = document.getElementsByTagName("svg");
      assertThat(drawings.getLength()).isPositive();
      for (int i = 0; i < drawings.getLength(); i++) {
        Element drawing = (Element) drawings.item(i);
        assertThat(drawing.getElementsByTagName("title").getLength()).isEqualTo(1);
        assertThat(drawing.getElementsByTagName("desc").item(0).getTextContent()).isNotBlank();
        String[] labels = drawing.getAttribute("aria-labelledby").split(" ");
        for (String label : labels) {
          assertThat(page.split(" id=\"" + label + "\"", -1)).as(label).hasSize(2);
        }
      }
      NodeList tables = document.getElementsByTagName("table");
      for (int i = 0; i < tables.getLength(); i++) {
        assertThat(((Element) tables.item(i)).getElementsByTagName("caption").getLength())
            .isEqualTo(1);
      }
      assertThat(document.getElementsByTagName("h1").getLength()).isEqualTo(1);
    }
  }

  @Test
  void whatPeopleWroteIsTextAndNeverMarkup() throws Exception {
    String evil = "<script>alert(1)</script>\" onload=\"x' &amp; \u0000\u202E";
    for (String page : both(new MadeUp().titled(evil).page())) {
      assertThat(page).doesNotContain("<script").doesNotContain("<b>");
      assertThat(page).doesNotContain("\u0000").doesNotContain("\u202E");
      assertThat(parsed(page).getElementsByTagName("h1").item(0).getTextContent())
          .startsWith("<script>alert(1)</script>\" onload=\"x' &amp; ");
    }
  }

  /** What is of ten people or fewer appears nowhere. */
  @Test
  void hiddenGroupsNeverAppear() {
    for (int few = 1; few <= 10; few++) {
      for (String page : both(new MadeUp().atSmallSite(few).page())) {
        assertThat(page).doesNotContain("tiny");
      }
    }
    assertThat(ReportPage.of(new MadeUp().atSmallSite(80).page())).contains("tiny");
    assertThat(ReportPage.of(new MadeUp().page()))
        .contains(">10 or fewer<")
        .doesNotContain(">3<")
        .doesNotContain(">4<");
  }

  @Test
  void aWindowOfFewTellsNoCurve() {
    ModelPage page = new MadeUp().of(30).atSmallSite(0).page();
    assertThat(page.curves()).isNull();
    assertThat(ReportPage.of(page)).contains("curves would tell of single people");
  }

  @Test
  void everyFigureIsThereInAllItsDigits() {
    ModelPage model = new MadeUp().page();
    String page = ReportPage.of(model);
    List<ReportedFigure> overall =
        model.figures().stream().filter(f -> f.way() == null && f.value() != null).toList();
    assertThat(overall).hasSizeGreaterThan(20);
    for (ReportedFigure figure : overall) {
      Double value = figure.value();
      assertThat(page)
          .as(figure.name())
          .contains(
              "<data value=\""
                  + Digits.exact(value == null ? 0 : value)
                  + "\">"
                  + Digits.shown(value == null ? 0 : value)
                  + "</data>");
    }
  }

  @Test
  void whatIsWrongComesFirst() {
    String page = ReportPage.of(new MadeUp().page());
    assertThat(page.indexOf("What is wrong"))
        .isPositive()
        .isLessThan(page.indexOf(">Predictions<"))
        .isLessThan(page.indexOf(">Figures<"));
    assertThat(page.indexOf("No discrimination")).isLessThan(page.indexOf("Calibration error"));
    assertThat(page)
        .contains("Readmission was suspended on 20 September 2024, 00:00.")
        .contains("Its Task is accepted: We look into it &amp; report");
  }

  @Test
  void bandsAreSaidInWords() {
    assertThat(ReportPage.of(new MadeUp().page()))
        .contains("</data> stable</td>")
        .contains("</data> warns</td>")
        .contains("</data> acts</td>")
        .contains("not told: too few rows");
  }

  @Test
  void anybodyCanCheckTheHash() throws Exception {
    ModelPage model = new MadeUp().page();
    String hash = ReportPage.sha256(model);
    String page = ReportPage.of(model);
    assertThat(page.split(hash, -1)).hasSize(2);
    byte[] bytes = page.replace(hash, "0".repeat(64)).getBytes(StandardCharsets.UTF_8);
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
        .isEqualTo(hash);
    assertThat(SummaryPage.of(model)).contains(hash);
  }

  @Test
  void theStyleIsTheOneThatTheContentPolicyNames() throws Exception {
    String style =
        parsed(ReportPage.of(new MadeUp().page()))
            .getElementsByTagName("style")
            .item(0)
            .getTextContent();
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
    assertThat(Sheet.styleHash())
        .isEqualTo("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    assertThat(style).doesNotContain("&").doesNotContain("<").doesNotContain("\"");
  }
}
