using Amazon.Lambda.Core;
using FairShare.Aws.Canary;
using FairShare.Functions.Hosting;
using FairShare.Functions.Metrics;

namespace FairShare.Functions.Canary;

/// <summary>
/// Runs an exchange from outside, as a party would, and tells whether it went as promised; in the first round of a day (UTC) one more,
/// which is declined. What goes wrong is the function's error, and no exchange is counted: the alarm goes by what is missing.
/// </summary>
internal sealed class RunCanary(FunctionServices services) : IFunction
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(15);

    public async Task<Stream> InvokeAsync(Stream payload, ILambdaContext context)
    {
        var folder = Directory.CreateTempSubdirectory("canary-");
        try
        {
            await RunAsync(folder.FullName, context, CancellationToken.None);
        }
        catch (Exception)
        {
            services.Metrics.Write(context, MetricValue.Count(CanaryMetrics.Failures, 1));
            throw;
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return new MemoryStream("{}"u8.ToArray());
    }

    private async Task RunAsync(string folder, ILambdaContext context, CancellationToken cancellationToken)
    {
        var connections = services.Canary;
        var (parties, standing) = await connections.Parties.ReadAsync(cancellationToken);
        using var uploader = await CanaryClient.ConnectAsync(
            connections,
            parties.Uploader,
            Path.Combine(folder, "uploader"),
            cancellationToken
        );
        using var downloader = await CanaryClient.ConnectAsync(
            connections,
            parties.Downloader,
            Path.Combine(folder, "downloader"),
            cancellationToken
        );
        if (new CanaryParties(uploader.Party, downloader.Party) is var known && known != parties)
        {
            await connections.Parties.WriteAsync(known, standing, cancellationToken);
        }

        var round = new CanaryRound(connections, uploader, downloader, folder);
        var start = services.Time.GetTimestamp();
        await round.CompleteAsync(cancellationToken);
        var took = services.Time.GetElapsedTime(start);
        var declines = services.Time.GetUtcNow().TimeOfDay < Period;
        if (declines)
        {
            await round.DeclineAsync(cancellationToken);
        }

        var validity = await round.ReadStampValidityAsync(cancellationToken);
        services.Metrics.Write(
            context,
            MetricValue.Count(CanaryMetrics.Exchanges, 1),
            MetricValue.Count(CanaryMetrics.Failures, 0),
            MetricValue.Count(CanaryMetrics.Declines, declines ? 1 : 0),
            MetricValue.Seconds(CanaryMetrics.Duration, took),
            MetricValue.Count(CanaryMetrics.StampCertificateDays, (long)validity.TotalDays)
        );
    }
}
