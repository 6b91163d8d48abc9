package dev.glimpse.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.glimpse.client.FrameSender;
import dev.glimpse.client.KafkaClients;
import dev.glimpse.edge.EdgeRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.NotFoundException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The page in a real browser: cameras show, captions change, a question gets its answer. */
@Timeout(240)
class PageIT {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Selenium tells on every start that it does not know this browser's newest protocol, which is not used here. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    @TempDir
    private Path work;

    @BeforeAll
    static void needsABrowser() {
        SELENIUM.setLevel(Level.SEVERE);
        assumeFalse("true".equals(System.getenv("CI")), "skipped: no browser tests where CI=true");
        assumeTrue(
                Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER),
                "skipped: no browser (Debian: apt-get install chromium chromium-driver)");
    }

    @Test
    void picturesAndCaptionsChangeAndAQuestionIsAnswered() throws Exception {
        try (World world = World.start(work);
                FrameSender sender =
                        new FrameSender(new KafkaClients(world.broker.bootstrap()).producer(), Worker.TOPICS)) {
            EdgeRuntime runtime = world.runtime(0);
            WebDriver browser = browser();
            try (Cameras cameras = new Cameras(2, 4, sender, new LiveCaptions())) {
                browser.get(runtime.address());
                assertThat(browser.getTitle()).as(browser.getPageSource()).isEqualTo("Glimpse");
                String caption = text(browser, "camera-1", "caption");
                String picture = picture(browser, "camera-1");
                assertThat(caption).startsWith("hash ");
                assertThat(text(browser, "camera-2", "caption")).startsWith("hash ");
                awaitChange(() -> text(browser, "camera-1", "caption"), caption);
                awaitChange(() -> picture(browser, "camera-1"), picture);

                assertThat(overlap(browser))
                        .as("pixels of a picture over its words")
                        .isLessThanOrEqualTo(0);

                WebElement card = card(browser, "camera-2");
                card.findElement(By.cssSelector("[data-role=question]")).sendKeys("what is it?");
                card.findElement(By.cssSelector("[data-role=ask]")).click();
                assertThat(text(browser, "camera-2", "answer-text")).startsWith("hash ");
                cameras.check();
            } finally {
                browser.quit();
            }
        }
    }

    /** How far a picture reaches into its words, in pixels, where the words are higher than the picture. */
    private static double overlap(WebDriver browser) {
        browser.manage().window().setSize(new Dimension(1500, 900)); // wide cards have the words beside the picture
        Object pixels = ((JavascriptExecutor) browser).executeScript("""
                const card = document.querySelector("[data-camera=camera-1]");
                const words = card.querySelector(".says");
                words.append(Object.assign(document.createElement("p"), { style: "height: 600px" }));
                const picture = card.querySelector(".view").getBoundingClientRect();
                return picture.right - words.getBoundingClientRect().left;
                """);
        return ((Number) Objects.requireNonNull(pixels)).doubleValue();
    }

    /** Something that can be seen. */
    private interface Look {
        String at() throws InterruptedException;
    }

    private static void awaitChange(Look look, String before) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (look.at().equals(before)) {
            assertThat(System.nanoTime()).as("the page still shows " + before).isLessThan(end);
            Thread.sleep(50);
        }
    }

    private WebDriver browser() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toString());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--window-size=1200,900",
                "--user-data-dir=" + work.resolve("browser"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        return new ChromeDriver(service, options);
    }

    private static WebElement card(WebDriver browser, String camera) {
        return browser.findElement(By.cssSelector("[data-camera=" + camera + "]"));
    }

    /** The text of one part of a camera's card, as soon as there is some. */
    private static String text(WebDriver browser, String camera, String role) throws InterruptedException {
        By part = By.cssSelector("[data-role=" + role + "]");
        return await(
                "text of " + role, () -> card(browser, camera).findElement(part).getText(), t -> !t.isBlank());
    }

    /** The address of a camera's picture, as soon as it has loaded. */
    private static String picture(WebDriver browser, String camera) throws InterruptedException {
        By screen = By.cssSelector("[data-role=screen] img");
        return await("picture", () -> address(card(browser, camera).findElement(screen)), a -> !a.isEmpty());
    }

    private static String address(WebElement picture) {
        return "0".equals(picture.getDomProperty("naturalWidth")) ? "" : String.valueOf(picture.getDomProperty("src"));
    }

    /** Looks until what is found is as wanted; parts of the page may come and go meanwhile. */
    private static String await(String what, Supplier<String> look, Predicate<String> wanted)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                String found = look.get();
                if (wanted.test(found)) {
                    return found;
                }
            } catch (NotFoundException | StaleElementReferenceException e) {
                // not yet, or not any more
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the page does not show the " + what);
    }
}
