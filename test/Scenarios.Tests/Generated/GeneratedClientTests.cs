using System.Diagnostics;
using System.Reflection;
using Xunit;

namespace FairShare.Scenarios.Tests.Generated;

/// <summary>A client that NSwag makes of docs/openapi.json, as it is, makes an exchange's calls.</summary>
public sealed class GeneratedClientTests(ExchangeWorld world) : IClassFixture<ExchangeWorld>, IDisposable
{
    private const string Version = "14.7.1";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fairshare-generated-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Client_MadeOfTheDescription_MakesAWholeExchange()
    {
        Assert.SkipWhen(
            await RunAsync("dotnet", "tool", "install", "--tool-path", "tool", "NSwag.ConsoleCore", "--version", Version) is not null,
            "The tool NSwag cannot be installed here."
        );
        string[] generate =
        [
            "openapi2csclient",
            $"/input:{Beside("openapi.json")}",
            "/output:Client.cs",
            "/namespace:Generated",
            "/JsonLibrary:SystemTextJson",
            "/GenerateOptionalParameters:true",
            // A number that is left out is not 0.
            "/GenerateOptionalPropertiesAsNullable:true",
        ];
        Require(await RunAsync(Path.Combine(folder.FullName, "tool", "nswag"), generate));
        File.Copy(Beside("ExchangeDriver.cs"), At("ExchangeDriver.cs"));
        await File.WriteAllTextAsync(At("Generated.csproj"), Project());
        Require(await RunAsync("dotnet", "build", "-v", "q", "-o", "out", "--nologo"));

        var assembly = Assembly.LoadFrom(At("out", "Generated.dll"));
        var run = assembly.GetType("ExchangeDriver")!.GetMethod("RunAsync")!;
        var told = await (Task<string>)run.Invoke(null, [world.Host, world.Alice, world.Bob])!;

        Assert.Equal("Completed 7 True exchange-not-found", told);
    }

    private static void Require(string? failure) => Assert.True(failure is null, failure);

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private string At(params string[] parts) => Path.Combine([folder.FullName, .. parts]);

    // The assemblies are those of the running tests, in which the compiled ones are loaded.
    private static string Project()
    {
        string[] used = ["FairShare.Core", "FairShare.Exchange", "FairShare.Testing", "TemplateHost"];
        var references = used.Select(name =>
            $"""<Reference Include="{name}"><HintPath>{Beside(name + ".dll")}</HintPath><Private>false</Private></Reference>"""
        );
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><Nullable>annotations</Nullable></PropertyGroup>
              <ItemGroup>{string.Concat(references)}</ItemGroup>
            </Project>
            """;
    }

    /// <returns>Null where it went well; else what it said.</returns>
    private async Task<string?> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? null : await output + await error;
    }
}
