package dev.glimpse.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Set;

/**
 * Who may come in: nobody under a foreign host name (which would let a web page elsewhere read this one), nobody without
 * the token where there is one, and no page of another origin.
 */
final class Guard {
    private static final String COOKIE = "glimpse";
    private static final String BEARER = "Bearer ";
    private static final Set<String> OPEN = Set.of("/live", "/ready");
    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final HttpSettings settings;

    Guard(HttpSettings settings) {
        this.settings = settings;
    }

    /** Lets the request pass, or answers it. */
    void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        harden(context);
        if (settings.loopback()
                && (request.authority() == null
                        || !LOCAL_NAMES.contains(request.authority().host()))) {
            Replies.error(context, 403, "host", "this service is reached as localhost or 127.0.0.1 only");
        } else if (!sameOrigin(request)) {
            Replies.error(context, 403, "origin", "pages of another origin may not use this service");
        } else if (settings.token().isEmpty() || OPEN.contains(request.path()) || known(context)) {
            context.next();
        } else if (request.method() == HttpMethod.GET && right(request.getParam("token", ""))) {
            letIn(context);
        } else {
            Replies.error(
                    context, 401, "token", "send the header 'Authorization: Bearer TOKEN', or open /?token=TOKEN");
        }
    }

    private static void harden(RoutingContext context) {
        context.response()
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static boolean sameOrigin(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return !"cross-site".equals(request.getHeader("Sec-Fetch-Site"))
                    || "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
        }
        try {
            String authority = URI.create(origin).getAuthority();
            return authority != null && authority.equals(request.getHeader(HttpHeaders.HOST));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean known(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        Cookie cookie = context.request().getCookie(COOKIE);
        return (header != null && header.startsWith(BEARER) && right(header.substring(BEARER.length())))
                || (cookie != null && right(cookie.getValue()));
    }

    /** Takes the same time for every wrong token. */
    private boolean right(String token) {
        return MessageDigest.isEqual(token.getBytes(UTF_8), settings.token().getBytes(UTF_8));
    }

    private void letIn(RoutingContext context) {
        context.response()
                .addCookie(Cookie.cookie(COOKIE, settings.token())
                        .setHttpOnly(true)
                        .setSecure(settings.tls().on())
                        .setSameSite(CookieSameSite.STRICT)
                        .setPath("/"));
        context.response()
                .setStatusCode(303)
                .putHeader(HttpHeaders.LOCATION, "/")
                .end();
    }
}
