package org.auscult.server.auth;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.auscult.server.config.PublicUrls;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets all that follows see the public address of this server instead of what the request says of
 * itself: issuer, links and redirects are made from it, also behind a proxy, and never from {@code
 * Host}.
 */
final class PublicAddressFilter extends OncePerRequestFilter {
  private final PublicUrls urls;

  PublicAddressFilter(PublicUrls urls) {
    this.urls = urls;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(new Public(request, URI.create(urls.root())), response);
  }

  private static final class Public extends HttpServletRequestWrapper {
    private final URI root;

    Public(HttpServletRequest request, URI root) {
      super(request);
      this.root = root;
    }

    @Override
    public String getScheme() {
      return root.getScheme();
    }

    @Override
    public String getServerName() {
      return root.getHost();
    }

    @Override
    public int getServerPort() {
      return root.getPort() >= 0 ? root.getPort() : isSecure() ? 443 : 80;
    }

    @Override
    public boolean isSecure() {
      return "https".equals(root.getScheme());
    }

    /** A path under which a proxy shows us is where redirects begin. */
    @Override
    public String getContextPath() {
      return root.getRawPath();
    }

    @Override
    public String getRequestURI() {
      return root.getRawPath() + super.getRequestURI();
    }

    @Override
    public StringBuffer getRequestURL() {
      return new StringBuffer(root.getScheme() + "://" + root.getRawAuthority() + getRequestURI());
    }
  }
}
