package org.auscult.server.auth.page;

import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How our pages look, and how an application may look that is launched from here. */
@RestController
public final class StyleSheet {
  private static final String CSS =
      """
      body { margin: 0; background: #f4f6f8; color: #1b2733; font: 1.0625rem/1.5 sans-serif; }
      main { max-width: 32rem; margin: 3rem auto; padding: 2rem; background: #fff;
        border: 1px solid #d3dae1; border-radius: .5rem; }
      h1 { margin-top: 0; font-size: 1.5rem; }
      label { display: block; margin-top: 1rem; }
      input:not([type=checkbox]) { box-sizing: border-box; width: 100%; padding: .5rem; font: inherit;
        border: 1px solid #5b6b7b; border-radius: .25rem; }
      button { margin-top: 1.25rem; padding: .6rem 1.2rem; font: inherit; color: #fff;
        background: #0b5394; border: 0; border-radius: .25rem; cursor: pointer; }
      button.no { color: #1b2733; background: #e3e8ed; }
      :focus-visible { outline: 3px solid #b45f06; outline-offset: 2px; }
      [role=alert] { padding: .75rem; background: #fbe9e7; border-left: .25rem solid #b71c1c; }
      .choice { display: flex; gap: .5rem; align-items: baseline; margin-top: .5rem; }
      .patients { padding: 0; list-style: none; }
      .patients form { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline;
        padding: .5rem 0; border-top: 1px solid #d3dae1; }
      .patients button { margin: 0; text-align: left; overflow-wrap: anywhere; }
      nav { display: flex; gap: .75rem; }
      fieldset { border: 1px solid #d3dae1; }
      @media (max-width: 36rem) {
        main { margin: 0; padding: 1.25rem; border: 0; border-radius: 0; }
        button { width: 100%; }
        .patients button, nav button { width: auto; }
      }
      """;

  @GetMapping("/oauth2/style.css")
  ResponseEntity<String> css() {
    return ResponseEntity.ok().contentType(MediaType.valueOf("text/css")).body(CSS);
  }

  /** Source: SMART App Launch 2.2, styling (experimental): names and forms of the members. */
  @GetMapping("/oauth2/smart-style.json")
  Map<String, String> smart() {
    return Map.of(
        "color_background", "#f4f6f8",
        "color_error", "#b71c1c",
        "color_highlight", "#0b5394",
        "color_modal_backdrop", "",
        "color_success", "#2e7d32",
        "color_text", "#1b2733",
        "dim_border_radius", "4px",
        "dim_font_size", "17px",
        "dim_spacing_size", "16px",
        "font_family_body", "sans-serif");
  }
}
