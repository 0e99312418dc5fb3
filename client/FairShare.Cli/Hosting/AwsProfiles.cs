using System.Text.Json.Nodes;
using FairShare.Client.Files;
using TemplateHost.Hosting;

namespace FairShare.Cli.Hosting;

/// <summary>
/// The AWS CLI's two files, with a profile for each role of the stack that people take, and one for the account itself; and beside them
/// the outputs of the stack and of those beside it, as <c>aws cloudformation describe-stacks</c> would tell them.
/// </summary>
/// <param name="host">The host.</param>
/// <param name="folder">Where the files are.</param>
/// <param name="besides">The outputs of stacks beside the service's.</param>
internal sealed class AwsProfiles(EmbeddedHost host, string folder, IReadOnlyDictionary<string, string>? besides = null)
{
    private static readonly (string Profile, string Output)[] Roles =
    [
        ("auditor", "AuditorRoleArn"),
        ("uploader", "UploaderRoleArn"),
        ("downloader", "DownloaderRoleArn"),
    ];

    public string CredentialsFile { get; } = Path.Combine(folder, "credentials");

    public string ConfigFile { get; } = Path.Combine(folder, "config");

    public string OutputsFile { get; } = Path.Combine(folder, "outputs.json");

    /// <summary>The profiles that the files hold.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>The stacks' outputs by name.</summary>
    public JsonObject Outputs() =>
        new(
            host.Outputs.Concat(besides ?? new Dictionary<string, string>())
                .Select(output => KeyValuePair.Create(output.Key, (JsonNode?)JsonValue.Create(output.Value)))
        );

    /// <summary>Writes all files, with fresh sessions.</summary>
    public void Write()
    {
        var (rootKey, rootSecret) = host.RootCredentials;
        List<(string Profile, string[] Lines)> credentials =
        [
            ("admin", [$"aws_access_key_id = {rootKey}", $"aws_secret_access_key = {rootSecret}"]),
        ];
        foreach (var (profile, output) in Roles)
        {
            if (host.Outputs.TryGetValue(output, out var role))
            {
                var session = host.CredentialsFor(role);
                credentials.Add(
                    (
                        profile,
                        [
                            $"aws_access_key_id = {session.AccessKeyId}",
                            $"aws_secret_access_key = {session.SecretAccessKey}",
                            $"aws_session_token = {session.SessionToken}",
                        ]
                    )
                );
            }
        }

        Names = [.. credentials.Select(entry => entry.Profile)];
        string[] settings = ["region = us-east-1", $"endpoint_url = {host.AwsUrl}", "output = json"];
        Write(CredentialsFile, credentials.Select(entry => Section(entry.Profile, entry.Lines)));
        Write(ConfigFile, Names.Select(name => Section($"profile {name}", settings)));
        Write(OutputsFile, [Outputs() + "\n"]);
    }

    private static string Section(string name, IEnumerable<string> lines) => $"[{name}]\n{string.Join('\n', lines)}\n";

    private static void Write(string path, IEnumerable<string> sections) =>
        PrivateFile.Write(path, System.Text.Encoding.UTF8.GetBytes(string.Join('\n', sections)));
}
