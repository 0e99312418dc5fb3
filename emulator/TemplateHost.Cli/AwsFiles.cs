using System.Text.Json.Nodes;
using TemplateHost.Hosting;

namespace TemplateHost.Cli;

/// <summary>The AWS CLI's two files with the profile <c>admin</c>, and the stack's outputs beside them; their owner's alone.</summary>
internal sealed class AwsFiles(EmbeddedHost host, string folder)
{
    public string Credentials { get; } = Path.Combine(folder, "credentials");

    public string Config { get; } = Path.Combine(folder, "config");

    public string Outputs { get; } = Path.Combine(folder, "outputs.json");

    public void Write()
    {
        Directory.CreateDirectory(folder);
        var (key, secret) = host.RootCredentials;
        Write(Credentials, $"[admin]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\n");
        Write(Config, $"[profile admin]\nregion = us-east-1\nendpoint_url = {host.AwsUrl}\noutput = json\n");
        var outputs = host.Outputs.Select(output => KeyValuePair.Create(output.Key, (JsonNode?)JsonValue.Create(output.Value)));
        Write(Outputs, new JsonObject(outputs).ToJsonString() + "\n");
    }

    private static void Write(string path, string content)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(content);
    }
}
