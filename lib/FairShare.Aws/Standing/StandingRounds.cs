using System.Text;
using System.Text.Json;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using FairShare.Backup.Standing;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Standing;

/// <summary>The state machine that carries orders; one execution a round, named by work and round, which begins by waiting.</summary>
/// <param name="client">The Step Functions client, with the function's own role.</param>
public sealed class StandingRounds(IAmazonStepFunctions client)
{
    /// <summary>Starts the wait for a round; a repeat changes nothing.</summary>
    /// <param name="machine">The state machine's ARN.</param>
    /// <param name="work">The work.</param>
    /// <param name="round">The round.</param>
    /// <param name="at">When it begins.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task StartAsync(string machine, StandingWorkId work, int round, DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            var request = new StartExecutionRequest
            {
                StateMachineArn = machine,
                Name = FormattableString.Invariant($"{work}-{round}"),
                Input = Input(work, round, at),
            };
            await client.StartExecutionAsync(request, cancellationToken);
        }
        catch (ExecutionAlreadyExistsException)
        {
            // An earlier attempt has started it, with a time of its own.
        }
    }

    private static string Input(StandingWorkId work, int round, DateTimeOffset at)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("workId", work.ToString());
            json.WriteNumber("round", round);
            json.WriteString("at", Timestamp.Format(at));
            json.WriteStartObject("plan");
            json.WriteString("step", "");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
