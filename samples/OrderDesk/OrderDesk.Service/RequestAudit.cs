using OrderDesk.Audit;

namespace OrderDesk.Service;

/// <summary>Every request waits for the disk, and for every other request that does.</summary>
public sealed class RequestAudit(RequestDelegate next, AuditLog audit)
{
    public async Task InvokeAsync(HttpContext context)
    {
        audit.Record($"{context.Request.Method} {context.Request.Path}"); // wrong: QNT4002
        await next(context);
    }
}

/// <summary>The request only queues its line.</summary>
public sealed class QueuedRequestAudit(RequestDelegate next, AuditLog audit)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await audit.WriteAsync($"{context.Request.Method} {context.Request.Path}", context.RequestAborted); // right
        await next(context);
    }
}

/// <summary>Owns the audit log's file.</summary>
public sealed class AuditWriter(AuditLog audit) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stopping) => audit.DrainAsync(stopping);
}
