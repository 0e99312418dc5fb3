namespace FairShare.Cli.Commands;

/// <summary>An example of each command, for its help; a test parses them all.</summary>
internal static class Examples
{
    public static IReadOnlyDictionary<string, string> ByCommand { get; } =
        new Dictionary<string, string>
        {
            ["fairshare"] = "fairshare put contract.pdf --to bob",
            ["fairshare up"] = "fairshare up --data ./data --port 8080 --aws-port 4566",
            ["fairshare demo"] = "fairshare demo contract.pdf --out ./out",
            ["fairshare demo vault"] = "fairshare demo vault ./photos --out ./out",
            ["fairshare register"] = "fairshare register alice@example.com --service https://api.example",
            ["fairshare confirm"] = "fairshare confirm 123456",
            ["fairshare resend"] = "fairshare resend --email alice@example.com --service https://api.example",
            ["fairshare login"] = "fairshare login",
            ["fairshare logout"] = "fairshare logout",
            ["fairshare password"] = "fairshare password",
            ["fairshare recover"] = "fairshare recover 123456 --email alice@example.com",
            ["fairshare mfa"] = "fairshare mfa enable",
            ["fairshare mfa enable"] = "fairshare mfa enable --code 123456",
            ["fairshare mfa disable"] = "fairshare mfa disable",
            ["fairshare whoami"] = "fairshare whoami --name Alice",
            ["fairshare contacts"] = "fairshare contacts list",
            ["fairshare contacts list"] = "fairshare contacts list",
            ["fairshare contacts add"] = "fairshare contacts add \"Bob <bob@example.com> 0f8fad5b-d9cb-469f-a165-70867728950e\"",
            ["fairshare contacts remove"] = "fairshare contacts remove bob",
            ["fairshare keys"] = "fairshare keys list",
            ["fairshare keys list"] = "fairshare keys list --party bob",
            ["fairshare keys add"] = "fairshare keys add",
            ["fairshare keys retire"] = "fairshare keys retire KID",
            ["fairshare put"] = "fairshare put contract.pdf --to bob",
            ["fairshare list"] = "fairshare list --mine",
            ["fairshare get"] = "fairshare get FILE-ID --out ./received",
            ["fairshare exchanges"] = "fairshare exchanges --open",
            ["fairshare decline"] = "fairshare decline EXCHANGE --reason not-ordered",
            ["fairshare abort"] = "fairshare abort FILE-ID",
            ["fairshare inbox"] = "fairshare inbox --wait",
            ["fairshare evidence"] = "fairshare evidence EXCHANGE --out ./evidence",
            ["fairshare verify"] = "fairshare verify ./evidence --document contract.pdf",
            ["fairshare vault"] = "fairshare vault put ./photos --expires 7d --opens 3 --password",
            ["fairshare vault put"] = "fairshare vault put ./photos --expires 7d --opens 3 --password",
            ["fairshare vault get"] = "fairshare vault get P-000G-40R4-0M30-E209-185G-R38E-1XJN --out ./received",
            ["fairshare vault list"] = "fairshare vault list",
            ["fairshare vault find"] = "fairshare vault find photos",
            ["fairshare vault show"] = "fairshare vault show photos",
            ["fairshare vault limits"] = "fairshare vault limits photos --expires 30d --opens 10 --unlock",
            ["fairshare vault delete"] = "fairshare vault delete photos",
            ["fairshare vault forget"] = "fairshare vault forget photos",
            ["fairshare vault clean"] = "fairshare vault clean --expired",
            ["fairshare vault rekey"] = "fairshare vault rekey photos",
            ["fairshare completion"] = "eval \"$(fairshare completion bash)\"",
        };
}
