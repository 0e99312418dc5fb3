// A host in a process of its own, for tests that kill it: Local.Process DATA-DIRECTORY TEMPLATE-FILE FUNCTIONS-DIRECTORY. Prints the AWS
// endpoint once it serves.
using TemplateHost.Hosting;

await using var host = await EmbeddedHost.StartAsync(
    new EmbeddedHostOptions { DataDirectory = args[0], FunctionsDirectory = args[2] },
    File.ReadAllText(args[1])
);
Console.WriteLine(host.AwsUrl);
await Console.In.ReadToEndAsync();
