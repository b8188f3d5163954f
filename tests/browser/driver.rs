//! A browser by its driver: WebDriver is JSON over HTTP, so a socket and serde_json are all that it takes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The longest that anything on a page may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// The name that WebDriver gives elements by.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How often a driver is started anew: it takes a free port of IPv4 and ends where IPv6 has the same one in use.
const STARTS: usize = 5;

/// Starts a driver, and tells the port that it listens at; else what it said before it ended.
fn started() -> Result<(Child, u16), String> {
    let mut process = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver starts: .ci/setup installs it");
    let mut said = String::new();
    for line in BufReader::new(process.stdout.take().expect("its output is piped")).lines().map_while(Result::ok) {
        let port =
            line.rsplit_once("successfully on port ").and_then(|(_, port)| port.trim_end_matches('.').parse().ok());
        if let Some(port) = port {
            return Ok((process, port));
        }
        said += &format!("{line}\n");
    }
    let ended = process.wait().map_err(|error| error.to_string())?;
    Err(format!("chromedriver told no port ({ended}):\n{said}"))
}

/// A driver with a window of its own: the process, its port, and what the session is called.
fn opened(wanted: &Value) -> Result<(Child, u16, String), String> {
    let (mut driver, port) = started()?;
    match ask(port, "POST", "/session", Some(wanted)) {
        Ok(session) => Ok((driver, port, session["sessionId"].as_str().expect("a session has an id").to_owned())),
        Err(error) => {
            driver.kill().and_then(|()| driver.wait()).map_err(|error| error.to_string())?;
            Err(error)
        }
    }
}

/// One request to the driver.
fn ask(port: u16, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).map_err(|error| error.to_string())?;
    stream.set_read_timeout(Some(Duration::from_secs(60))).map_err(|error| error.to_string())?;
    let body = body.map(Value::to_string).unwrap_or_default();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes()).map_err(|error| error.to_string())?;
    let mut reader = BufReader::new(stream);
    let mut length = None;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).map_err(|error| error.to_string())?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse::<usize>().ok();
        }
    }
    let mut answer = vec![0; length.unwrap_or_default()];
    reader.read_exact(&mut answer).map_err(|error| error.to_string())?;
    let answer: Value = serde_json::from_slice(&answer).map_err(|error| error.to_string())?;
    let value = answer["value"].clone();
    match value.get("error").and_then(Value::as_str) {
        Some(error) => Err(format!("{error}: {}", value["message"].as_str().unwrap_or_default())),
        None => Ok(value),
    }
}

/// A window of the browser, with a driver of its own. Both end with it.
pub(crate) struct Browser {
    driver: Child,
    port: u16,
    session: String,
}

impl Browser {
    /// A new window, with its own profile.
    pub(crate) fn new() -> Browser {
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--window-size=1280,900",
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
            "--lang=en",
            "--force-prefers-reduced-motion",
        ];
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let mut failures = Vec::new();
        for _ in 0..STARTS {
            match opened(&wanted) {
                Ok((driver, port, session)) => return Browser { driver, port, session },
                Err(error) => failures.push(error),
            }
        }
        panic!("no browser in {STARTS} starts: .ci/setup installs it\n{}", failures.join("\n"))
    }

    #[track_caller]
    fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let path = format!("/session/{}{path}", self.session);
        ask(self.port, method, &path, body).unwrap_or_else(|error| panic!("{path} {body:?}: {error}"))
    }

    #[track_caller]
    pub(crate) fn open(&self, address: &str) {
        self.call("POST", "/url", Some(&json!({"url": address})));
    }

    #[track_caller]
    pub(crate) fn address(&self) -> String {
        self.call("GET", "/url", None).as_str().unwrap_or_default().to_owned()
    }

    #[track_caller]
    pub(crate) fn back(&self) {
        self.call("POST", "/back", Some(&json!({})));
    }

    /// What a script returns. Scripts of the driver run where a page's own may not.
    #[track_caller]
    pub(crate) fn run(&self, script: &str) -> Value {
        self.call("POST", "/execute/sync", Some(&json!({"script": script, "args": []})))
    }

    #[track_caller]
    pub(crate) fn text(&self, selector: &str) -> String {
        let script = format!("return document.querySelector({})?.textContent ?? '(none)'", json!(selector));
        self.run(&script).as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    pub(crate) fn count(&self, selector: &str) -> u64 {
        self.run(&format!("return document.querySelectorAll({}).length", json!(selector))).as_u64().unwrap_or_default()
    }

    /// Whether an expression becomes true while one may be patient.
    pub(crate) fn becomes(&self, expression: &str) -> bool {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let path = format!("/session/{}/execute/sync", self.session);
            let body = json!({"script": format!("return Boolean({expression})"), "args": []});
            // While a page gives way to another there is none to ask.
            if ask(self.port, "POST", &path, Some(&body)).is_ok_and(|value| value == json!(true)) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(40));
        }
        false
    }

    #[track_caller]
    pub(crate) fn wait(&self, expression: &str) {
        assert!(self.becomes(expression), "never: {expression}\nat {}\n{}", self.address(), self.text("main"));
    }

    #[track_caller]
    fn element(&self, selector: &str) -> String {
        let found = self.call("POST", "/element", Some(&json!({"using": "css selector", "value": selector})));
        found[ELEMENT].as_str().unwrap_or_default().to_owned()
    }

    #[track_caller]
    pub(crate) fn click(&self, selector: &str) {
        let element = self.element(selector);
        self.call("POST", &format!("/element/{element}/click"), Some(&json!({})));
    }

    /// Types into a field, after what stands in it is gone.
    #[track_caller]
    pub(crate) fn fill(&self, selector: &str, text: &str) {
        let element = self.element(selector);
        self.call("POST", &format!("/element/{element}/clear"), Some(&json!({})));
        self.call("POST", &format!("/element/{element}/value"), Some(&json!({"text": text})));
    }

    /// Presses keys where the focus is, one after the other. `with` is held meanwhile.
    #[track_caller]
    pub(crate) fn press(&self, keys: &[&str], with: Option<&str>) {
        let key = |kind: &str, key: &str| json!({"type": kind, "value": key});
        let mut actions: Vec<Value> = with.iter().map(|held| key("keyDown", held)).collect();
        actions.extend(keys.iter().flat_map(|name| [key("keyDown", name), key("keyUp", name)]));
        actions.extend(with.iter().map(|held| key("keyUp", held)));
        let actions = json!({"actions": [{"type": "key", "id": "keys", "actions": actions}]});
        self.call("POST", "/actions", Some(&actions));
    }

    /// Drags from one place of the window to another, by mouse or by finger.
    #[track_caller]
    pub(crate) fn drag(&self, from: (i64, i64), to: (i64, i64), pointer: &str) {
        let go = |(x, y): (i64, i64)| json!({"type": "pointerMove", "duration": 60, "x": x, "y": y});
        let middle = ((from.0 + to.0) / 2, (from.1 + to.1) / 2);
        let actions = json!([go(from), {"type": "pointerDown", "button": 0}, go(middle), go(to), {"type": "pointerUp", "button": 0}]);
        let actions = json!({"actions": [{"type": "pointer", "id": pointer, "parameters": {"pointerType": pointer}, "actions": actions}]});
        self.call("POST", "/actions", Some(&actions));
    }

    /// A command of the browser's own protocol.
    #[track_caller]
    pub(crate) fn command(&self, name: &str, parameters: &Value) -> Value {
        self.call("POST", "/goog/cdp/execute", Some(&json!({"cmd": name, "params": parameters})))
    }

    /// Sets the size of the window in CSS pixels.
    #[track_caller]
    pub(crate) fn size(&self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.command("Emulation.setDeviceMetricsOverride", &size);
    }

    /// Sets a preference of the reader, such as `prefers-color-scheme`.
    #[track_caller]
    pub(crate) fn prefer(&self, features: &[(&str, &str)]) {
        let features: Vec<Value> = features.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        self.command("Emulation.setEmulatedMedia", &json!({"features": features}));
    }

    /// What the console has said since it was last asked: faults of scripts, and what the page's policy forbade.
    #[track_caller]
    pub(crate) fn complaints(&self) -> Vec<String> {
        let log = self.call("POST", "/se/log", Some(&json!({"type": "browser"})));
        let entries = log.as_array().cloned().unwrap_or_default();
        entries.iter().filter_map(|entry| entry["message"].as_str().map(str::to_owned)).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A window that is gone already is as good as closed.
        let _ = ask(self.port, "DELETE", &format!("/session/{}", self.session), None);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
