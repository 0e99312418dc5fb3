namespace TemplateHost.Testing;

/// <summary>Waits for what comes about on other threads.</summary>
public static class Waiting
{
    /// <summary>
    /// Asks again and again, letting time stand, until the answer satisfies: however slow the machine is, but not for ever.
    /// </summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> satisfies)
    {
        for (var end = DateTimeOffset.UtcNow.AddMinutes(15); DateTimeOffset.UtcNow < end; )
        {
            var answer = await ask();
            if (satisfies(answer))
            {
                return answer;
            }

            await Task.Delay(10);
        }

        throw new TimeoutException("What the test waits for did not come about.");
    }
}
