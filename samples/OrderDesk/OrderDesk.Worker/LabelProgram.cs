using System.Diagnostics;

namespace OrderDesk.Worker;

/// <summary>Labels are drawn by a program of the printer's maker.</summary>
public sealed class LabelProgram(Process program)
{
    public async Task<string> DrawAsync(CancellationToken cancellation)
    {
        var label = await program.StandardOutput.ReadToEndAsync(cancellation);
        program.WaitForExit(); // wrong: QNT4001
        return program.ExitCode == 0 ? label : "";
    }

    public async Task<string> PrintAsync(CancellationToken cancellation)
    {
        var label = await program.StandardOutput.ReadToEndAsync(cancellation);
        await program.WaitForExitAsync(cancellation); // right
        return program.ExitCode == 0 ? label : "";
    }
}
